import { createHash } from 'node:crypto';
import * as bounds from '../alphabet/bounds.js';
import * as observations from '../alphabet/observations.js';
import type { Domain } from '../alphabet/operands.js';
import * as operands from '../alphabet/operands.js';
import { OP, OP_NAMES, OPERAND_NAMES, OPERATIONS } from '../alphabet/operations.js';
import { PROTOCOL } from './protocol.js';

type Values = Readonly<Record<string, unknown>>;

/** One `#define A_NAME value` for each number that a module exports. */
function numbers(module: Values, prefix = ''): string[] {
  return Object.entries(module).flatMap(([name, value]) =>
    typeof value === 'number' ? [`#define A_${prefix}${name} ${value}`] : [],
  );
}

function isDomain(value: unknown): value is Domain {
  return typeof value === 'object' && value !== null && 'min' in value && 'max' in value;
}

/** The bounds of each domain that a module exports: `A_NAME_MIN`, `A_NAME_MAX`. */
function limits(module: Values): string[] {
  return Object.entries(module).flatMap(([name, value]) =>
    isDomain(value) ? [`#define A_${name}_MIN ${value.min}`, `#define A_${name}_MAX ${value.max}`] : [],
  );
}

function table(type: string, name: string, values: readonly (number | string)[]): string {
  return `static const ${type} ${name} = {${values.join(', ')}};`;
}

function domains(bound: 'min' | 'max'): string[] {
  return OP_NAMES.map((op) => {
    const own = Object.values(OPERATIONS[op].operands).map((domain) => domain[bound]);
    const all = own.concat(Array<number>(bounds.MAX_OPERANDS - own.length).fill(0));
    return `{${all.join(', ')}}`;
  });
}

function definitions(): string[] {
  const kinds = OP_NAMES.flatMap((op) => [
    `#define A_OP_${op.toUpperCase()} ${OP[op]}`,
    ...Object.keys(OPERATIONS[op].operands).map(
      (operand, i) => `#define A_${op.toUpperCase()}_AT_${operand.toUpperCase()} ${i + 2}`,
    ),
  ]);
  const quoted = OP_NAMES.map((op) => `"${op}"`);
  const counts = OPERAND_NAMES.map((names) => names.length);
  return [
    ...numbers(bounds),
    ...numbers(observations),
    ...numbers(operands),
    ...limits(operands),
    ...numbers(PROTOCOL, 'FRAME_'),
    `#define A_KINDS ${OP_NAMES.length}`,
    ...kinds,
    table('char *const', 'A_NAME[A_KINDS]', quoted),
    table('int', 'A_OPERANDS[A_KINDS]', counts),
    table('int', 'A_MIN[A_KINDS][A_MAX_OPERANDS]', domains('min')),
    table('int', 'A_MAX[A_KINDS][A_MAX_OPERANDS]', domains('max')),
    table('int', 'A_WORD_BYTE[A_WORDS]', operands.WORD_BYTE),
    table('int', 'A_ADVICE_VALUE[]', operands.ADVICE_VALUE),
  ];
}

const DEFINITIONS = definitions();

/** 31 bits over everything that the header says: host and agent compare it before the first sequence. */
export const ALPHABET_HASH =
  createHash('sha256').update(DEFINITIONS.join('\n')).digest().readUInt32LE() & 0x7fffffff;

/**
 * The alphabet as the C agent needs it: kinds, operand positions and domains, bounds, word offsets,
 * advice numbers, status marks, view bits and the frames of the protocol. It is generated, so that nothing is
 * written twice; all its names start with `A_`, which keeps them apart from the kernel's.
 */
export function alphabetHeader(): string {
  const lines = [...DEFINITIONS, `#define A_HASH ${ALPHABET_HASH}`];
  return ['#ifndef ALPHABET_H', '#define ALPHABET_H', ...lines, '#endif', ''].join('\n');
}
