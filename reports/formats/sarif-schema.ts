import { z } from 'zod';

/** The part of SARIF 2.1.0 (OASIS) that is written here, and what the standard asks of it: sections 3.13 to 3.49. */

const message = z.strictObject({ text: z.string().min(1) });

const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: message,
  defaultConfiguration: z.strictObject({ level: z.enum(['none', 'note', 'warning', 'error']) }),
});

const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().regex(/^[^\s\\]+$/) }),
    region: z.strictObject({ startLine: z.int().min(1) }),
  }),
  logicalLocations: z
    .array(z.strictObject({ fullyQualifiedName: z.string().min(1), kind: z.string() }))
    .optional(),
});

const threadFlowLocation = z.strictObject({
  executionOrder: z.int().min(0),
  importance: z.enum(['important', 'essential', 'unimportant']),
  location: z.strictObject({ message }),
});

const result = z.strictObject({
  ruleId: z.string().min(1),
  ruleIndex: z.int().min(0),
  level: z.enum(['none', 'note', 'warning', 'error']),
  message,
  locations: z.array(location).min(1),
  partialFingerprints: z.record(z.string(), z.string()),
  codeFlows: z
    .array(
      z.strictObject({
        threadFlows: z.array(z.strictObject({ locations: z.array(threadFlowLocation).min(1) })).min(1),
      }),
    )
    .optional(),
});

/** A SARIF log as this program writes it. */
export const sarifSchema = z
  .strictObject({
    $schema: z.literal('https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json'),
    version: z.literal('2.1.0'),
    runs: z
      .array(
        z.strictObject({
          tool: z.strictObject({
            driver: z.strictObject({
              name: z.string().min(1),
              semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
              rules: z.array(rule),
            }),
          }),
          invocations: z.array(
            z.strictObject({
              commandLine: z.string(),
              executionSuccessful: z.boolean(),
              startTimeUtc: z.iso.datetime(),
            }),
          ),
          results: z.array(result),
        }),
      )
      .min(1),
  })
  .refine(
    ({ runs }) =>
      runs.every(({ tool, results }) =>
        results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId),
      ),
    { message: 'a result names a rule by an index that is another one' },
  );

export type Sarif = z.infer<typeof sarifSchema>;
