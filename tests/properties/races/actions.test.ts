// What the names stand for that plans are written in.
import { describe, expect, test } from 'vitest';
import { ACTIONS, SITUATION_NAMES, situation } from '#properties/races/actions';
import { pack } from '../../support/script.js';

const packed = (texts: readonly string[]): number[][] => texts.map((text) => [...pack(text)]);

const RW = 'npages=2 prot=read+write';
const AUX = `page=4 ${RW} pgoff=2`;

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  map: [`mmap fd=0 page=8 ${RW}`],
  unmap: ['munmap page=0 npages=2'],
  'map-fails': ['inject site=pgtable nth=1', `mmap fd=0 page=8 ${RW}`],
  'map-over': [`mmap fd=0 page=0 ${RW}`],
  'map-other': [`mmap fd=1 page=8 ${RW}`],
  'map-aux': [`mmap fd=0 ${AUX}`],
  'map-aux-other': [`mmap fd=1 ${AUX}`],
  'map-aux-fails': ['inject site=alloc nth=2', `mmap fd=0 ${AUX}`],
  'map-aux-other-fails': ['inject site=alloc nth=2', `mmap fd=1 ${AUX}`],
  'unmap-aux': ['munmap page=4 npages=2'],
  redirect: ['set_output fd=1 target=0'],
  'redirect-back': ['set_output fd=0 target=1'],
  detach: ['set_output fd=1 target=-1'],
  close: ['close fd=0'],
  'close-other': ['close fd=1'],
  load: ['load page=0 word=scratch'],
  store: ['store page=0 word=scratch value=17'],
  'load-data': ['load page=1 word=scratch'],
  'load-aux': ['load page=4 word=scratch'],
  fork: ['fork child=2'],
  move: ['mremap page=0 npages=2 new_npages=2 mode=fixed new_page=16'],
  exit: ['exit'],
  look: ['headroom'],
  exec: ['exec'],
};

test('there are these actions', () => {
  expect(Object.keys(ACTIONS)).toEqual(Object.keys(OPERATIONS));
});

test.each(Object.entries(OPERATIONS))('%s: %j', (name, texts) => {
  for (const proc of [0, 2]) {
    expect(ACTIONS[name](proc)).toEqual(packed(texts.map((text) => `${proc}: ${text}`)));
  }
});

const OPEN = 'open fd=0 output=-1';
const FORK = 'fork child=1';
const MAPPED = `mmap fd=0 page=0 ${RW}`;
const BOTH = [OPEN, 'open fd=1 output=-1', FORK, MAPPED];
const REDIRECTED = 'set_output fd=1 target=0';
const ASKED = ['store page=0 word=aux_offset value=2', 'store page=0 word=aux_size value=2'];
const OPEN_AUX = 'open fd=0 flags=aux output=-1';
const BOTH_AUX = [OPEN_AUX, 'open fd=1 flags=aux output=-1', FORK, MAPPED, ...ASKED];

const SITUATIONS: Readonly<Record<string, readonly string[]>> = {
  opened: [OPEN, FORK],
  mapped: [OPEN, FORK, MAPPED],
  shared: [OPEN, FORK, MAPPED, `1: ${MAPPED}`],
  'two-events': BOTH,
  redirected: [...BOTH, REDIRECTED],
  'redirected-shared': [...BOTH, `1: ${MAPPED}`, REDIRECTED],
  'aux-asked': [OPEN_AUX, FORK, MAPPED, ...ASKED, `1: ${MAPPED}`],
  'aux-mapped': [OPEN_AUX, FORK, MAPPED, ...ASKED, `1: ${MAPPED}`, `1: mmap fd=0 ${AUX}`],
  'aux-other': [...BOTH_AUX, REDIRECTED],
  'aux-other-mapped': [...BOTH_AUX, REDIRECTED, `1: mmap fd=1 ${AUX}`],
  'aux-redirected': [...BOTH_AUX, `1: ${MAPPED}`, REDIRECTED],
};

test('there are these situations', () => {
  expect(SITUATION_NAMES).toEqual(Object.keys(SITUATIONS));
});

describe.each(Object.entries(SITUATIONS))('%s', (name, texts) => {
  test('of two processes', () => {
    expect(situation(name, 2)).toEqual(packed(texts));
  });

  test('of three, the third one forked when nothing is mapped yet', () => {
    const at = texts.indexOf(FORK) + 1;
    expect(situation(name, 3)).toEqual(packed([...texts.slice(0, at), 'fork child=2', ...texts.slice(at)]));
  });

  test('is made anew each time', () => {
    situation(name, 2).pop();
    expect(situation(name, 2)).toHaveLength(texts.length);
  });
});
