import type { PageData, SourcedResult } from '../html/page-data.js';
import { type Column, catalogueOf, columns, counterexamples, ofKind } from '../html/shown.js';
import { why } from '../html/words.js';

/** One thing that was judged: a rule on a System, a mutant, a kernel, a set of tasks. */
export interface Case {
  /** What it belongs to: a System and how it was searched. */
  readonly suite: string;
  readonly name: string;
  /** `skipped`: it says nothing, and why is in `text`. */
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What the rule says. */
  readonly rule: string;
  /** Why it failed, or was not judged. */
  readonly text: string;
  /** How to have it again: a command line. */
  readonly repeat: string;
  readonly from: SourcedResult;
}

const SKIPPED = {
  vacuous: 'vacuous: there was never anything to look at',
  'not-run': 'not run',
  until: 'held, but the run stopped at another failure before it was over',
} as const;

function ofColumn(data: PageData, column: Column): Case[] {
  const { from, system, how, outcome, reason = '' } = column;
  const examples = counterexamples(data);
  const repeat = from.result.command;
  const suite = `${system} (${how})`;
  const rules = [
    { id: 'spec', text: 'What the System shows is among what the specification allows.' },
    { id: 'hang', text: 'Every operation terminates.' },
    ...catalogueOf(data).invariants,
  ];
  return rules.flatMap(({ id, text: rule }): Case[] => {
    const { mark, token } = column.mark(id);
    const about = { suite, name: id, rule, repeat, from };
    switch (mark) {
      case 'failed': {
        const shown = examples.find(({ example }) => example.token === token);
        const text = shown === undefined ? '' : why(shown.example);
        return [{ ...about, outcome: 'failed', text, repeat: `npx mapahead replay ${token}` }];
      }
      case 'held':
        return outcome === 'interrupted' || (outcome === 'not-run' && id !== 'spec')
          ? [{ ...about, outcome: 'skipped', text: `not finished: ${reason}` }]
          : [{ ...about, outcome: 'passed', text: '' }];
      case 'until':
      case 'vacuous':
        return [{ ...about, outcome: 'skipped', text: SKIPPED[mark] }];
      case 'not-run':
        // One line for a System that did not run, not one for each rule that it would have been asked.
        return id === 'spec' ? [{ ...about, outcome: 'skipped', text: `${SKIPPED[mark]}: ${reason}` }] : [];
      default:
        return [];
    }
  });
}

/** Everything that was judged, in the order of the results. */
export function casesOf(data: PageData): Case[] {
  const kernels = ofKind(data, 'kernels').flatMap((from) =>
    from.result.kernels.map((kernel): Case => {
      const [first] = kernel.disagreements;
      const outcome = { passed: 'passed', failed: 'failed', 'not-run': 'skipped' } as const;
      return {
        suite: 'kernels',
        name: kernel.id,
        rule: 'Everything that a kernel shows is what the specification of its release allows, or a known finding.',
        outcome: outcome[kernel.outcome],
        text: kernel.reason ?? kernel.disagreements.map(({ text }) => text).join('; '),
        repeat: first === undefined ? from.result.command : `npx mapahead replay ${first.token}`,
        from,
      };
    }),
  );
  const mutants = ofKind(data, 'mutants').flatMap((from) =>
    from.result.mutants.map((mutant): Case => {
      const outcome = { killed: 'passed', survived: 'failed', 'not-run': 'skipped' } as const;
      return {
        suite: 'mutants',
        name: mutant.id,
        rule: `The suite finds: ${mutant.text}`,
        outcome: outcome[mutant.outcome],
        text: mutant.reason ?? (mutant.outcome === 'survived' ? 'nothing found it' : ''),
        repeat: from.result.command,
        from,
      };
    }),
  );
  const intended = ofKind(data, 'mutants').flatMap((from) =>
    from.result.intended.map((each): Case => {
      const outcome = { passed: 'passed', failed: 'failed', 'not-run': 'skipped' } as const;
      return {
        suite: 'mutants',
        name: each.id,
        rule: 'The suite finds nothing in a design without a known defect.',
        outcome: outcome[each.outcome],
        text: each.reason ?? '',
        repeat: each.token === undefined ? from.result.command : `npx mapahead replay ${each.token}`,
        from,
      };
    }),
  );
  const races = ofKind(data, 'race').map((from): Case => {
    const { design, plans, mode, outcome, races: found, command } = from.result;
    const [first] = found;
    return {
      suite: `${design} (interleavings)`,
      name: `${plans} sets of tasks, ${mode}`,
      rule: 'No schedule breaks a rule.',
      outcome: outcome === 'passed' || outcome === 'failed' ? outcome : 'skipped',
      text: found.map(({ rule, text }) => `${rule}: ${text}`).join('; '),
      repeat: first === undefined ? command : `npx mapahead replay ${first.fails.token}`,
      from,
    };
  });
  return [
    ...columns(data).flatMap((column) => ofColumn(data, column)),
    ...kernels,
    ...races,
    ...mutants,
    ...intended,
  ];
}
