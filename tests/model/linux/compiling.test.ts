// What the compiler is asked for, and where what it makes is kept; the compiler is a script.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AGENT_NAME, agentProgram, cacheFolder, NoAgentError } from '#model/linux/compile';
import { alphabetHeader } from '#model/linux/header';
import { IN_VAIN, Stage } from './fake-programs.js';

const SOURCES = new URL('../../../model/linux/agent/', import.meta.url);

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
  vi.stubEnv('XDG_CACHE_HOME', stage.path('cache'));
  stage.write('program', 'a program');
});
afterEach(() => {
  vi.unstubAllEnvs();
  stage.clear();
});

const compiler = (first = ''): string => stage.compiler(stage.path('program'), first);
const kept = (): string[] => readdirSync(stage.path('cache/mapahead'));

/** What the compiler was asked for, without its own name's folder and files. */
const calls = (): string[][] => stage.lines('compiled').map((line) => line.split(' '));

describe('the program', IN_VAIN, () => {
  it('is compiled from all sources with the alphabet, static, and kept for everybody to execute', async () => {
    const program = await agentProgram(
      compiler(
        '[ $# -gt 1 ] && cp "$(dirname "$(echo "$@" | sed "s/.* -o \\([^ ]*\\) .*/\\1/")")/alphabet.h" $stage',
      ),
    );
    expect(stage.read('alphabet.h')).toBe(alphabetHeader());
    const [asked, compiled, ...more] = calls();
    expect(asked).toEqual(['--version']);
    expect(more).toEqual([]);
    const building = compiled[compiled.indexOf('-I') + 1];
    const sources = readdirSync(SOURCES).filter((name) => name.endsWith('.c'));
    expect(compiled.slice(0, 12)).toEqual([
      ...['-static', '-no-pie', '-DAGENT_STATIC', '-std=c11', '-O2', '-Wall', '-Wextra', '-Werror'],
      ...['-I', building, '-o', join(building, 'mapahead-agent0')],
    ]);
    expect(compiled.slice(12).map((path) => basename(path))).toEqual(sources.sort());
    expect(dirname(program)).toMatch(new RegExp(`^${stage.path('cache/mapahead')}/[0-9a-f]{24}$`));
    expect(building.startsWith(`${dirname(program)}-`)).toBe(true);
    expect(basename(program)).toBe(AGENT_NAME);
    expect(kept()).toEqual([basename(dirname(program))]);
    for (const path of [program, dirname(program)]) expect(statSync(path).mode & 0o777).toBe(0o755);
    expect(statSync(stage.path('cache/mapahead')).mode & 0o777).toBe(0o755);
  });

  it('is compiled once, and again by a compiler that calls itself otherwise', async () => {
    const one = await agentProgram(compiler());
    expect(await agentProgram(compiler())).toBe(one);
    expect(calls().filter((args) => args.length > 1)).toHaveLength(1);
    const other = await agentProgram(compiler('echo version 2'));
    expect(dirname(other)).not.toBe(dirname(one));
    expect(kept()).toHaveLength(2);
  });

  it('is linked dynamically where it cannot be static', async () => {
    const program = await agentProgram(compiler('[ "$1" = -static ] && exit 1'));
    expect(existsSync(program)).toBe(true);
    const [, first, second] = calls();
    expect(second).toEqual(first.slice(3));
  });

  it('may be there when it is compiled: then that one is taken', async () => {
    const elsewhere = `folder=$(echo "$@" | sed "s/.* -I \\([^ ]*\\)-[^- ]* .*/\\1/")
      [ $# -gt 1 ] && mkdir -p $folder && echo other > $folder/${AGENT_NAME}`;
    const program = await agentProgram(compiler(elsewhere));
    expect(kept()).toEqual([basename(dirname(program))]);
    expect(stage.read(`cache/mapahead/${basename(dirname(program))}/${AGENT_NAME}`)).toBe('other\n');
  });

  it('is compiled by what the variable CC says, else by cc', async () => {
    vi.stubEnv('CC', stage.path('no-such-compiler'));
    await expect(agentProgram()).rejects.toThrow(`'${stage.path('no-such-compiler')}' does not run`);
    vi.stubEnv('CC', undefined);
    vi.stubEnv('PATH', stage.folder);
    await expect(agentProgram()).rejects.toThrow("'cc' does not run");
  });
});

describe('there is none', IN_VAIN, () => {
  const why = async (path: string): Promise<string> => {
    const error: unknown = await agentProgram(path).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(NoAgentError);
    return String(error);
  };

  it('without a compiler', async () => {
    expect(await why('/no/compiler')).toBe(
      "NoAgentError: no C compiler: '/no/compiler' does not run (package gcc or clang)",
    );
  });

  it('when it does not compile, and nothing half done is left', async () => {
    const said = await why(compiler('[ "$1" != --version ] && echo broken >&2 && exit 1'));
    expect(said).toMatch(
      /^NoAgentError: the agent does not compile \(package libc6-dev or glibc-devel\?\): Error: Command failed: [\s\S]*broken/,
    );
    expect(kept()).toEqual([]);
  });

  it('where it cannot be kept', async () => {
    writeFileSync(stage.path('cache'), 'a file');
    expect(await why(compiler())).toMatch(
      /^NoAgentError: the agent cannot be kept in .*\/cache\/mapahead\/[0-9a-f]{24}: Error: ENOTDIR/,
    );
  });

  it('where something else has its place', async () => {
    const program = await agentProgram(compiler());
    const folder = dirname(program);
    stage.clear();
    mkdirSync(join(folder, 'other'), { recursive: true });
    expect(await why(compilerAgain())).toMatch(/the agent cannot be kept in .*: Error: ENOTEMPTY/);
    expect(kept()).toEqual([basename(folder)]);
  });

  const compilerAgain = (): string => {
    stage.write('program', 'a program');
    return compiler();
  };
});

describe('the folder of what is kept', IN_VAIN, () => {
  it('is that of the variable, or in the home folder when it says nothing, or no absolute path', () => {
    expect(cacheFolder()).toBe(stage.path('cache/mapahead'));
    for (const value of [undefined, '', 'relative']) {
      vi.stubEnv('XDG_CACHE_HOME', value);
      expect(cacheFolder()).toBe(join(homedir(), '.cache/mapahead'));
    }
  });
});
