/**
 * Writes docs/configuration.md from the schema, so that the page cannot drift from the program. A test compares the
 * stored page with this text; scripts/write-configuration-docs.ts writes it.
 */
import { secretVariables } from './secrets.ts'
import { allowedIn, configShape, isMap, type Shape } from './shape.ts'

interface Row {
  readonly key: string
  readonly value: string
  /** How it is where nothing is written. */
  readonly otherwise: string
  readonly meaning: string
}

/** The whole page. `example` is examples/gateway.yaml, shown at the end. */
export function configurationManual(example: string): string {
  const sections = Object.entries(configShape().properties ?? {})
  const required = configShape().required ?? []
  const single = sections.filter(([, shape]) => !isSection(shape))
  const general = single.flatMap(([key, shape]) => rowsOf(key, shape, required.includes(key)))
  const parts = [
    introduction,
    `## Secrets and environment variables\n\n${environment}\n\n${secretsTable()}`,
    `## General\n\n${table(general)}`,
    ...sections.filter(([, shape]) => isSection(shape)).map(([key, shape]) => section(key, shape)),
    `## A complete example\n\n\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
  ]
  return `${parts.join('\n\n')}\n`
}

/** Every key of the configuration with its description; '' where the schema has none. */
export function describedKeys(): readonly { readonly key: string; readonly description: string }[] {
  const required = configShape().required ?? []
  return Object.entries(configShape().properties ?? {}).flatMap(([key, shape]) => [
    { key, description: shape.description ?? '' },
    ...rowsOf(key, shape, required.includes(key)).map(row => ({ key: row.key, description: row.meaning })),
  ])
}

const introduction = `# Configuration

<!-- Written by scripts/write-configuration-docs.ts from src/config/schema.ts: change the schema, not this page. -->

The gateway reads one YAML file: the one named with \`--config\`, else the one in the environment variable
\`GATEWAY_CONFIG\`, else \`gateway.yaml\` in the working directory. \`gateway init\` writes one after a few questions,
\`gateway config print\` shows the effective values and where they come from, \`gateway check\` tests every connection
in it. Without any file \`gateway start\` opens the sandbox.

Nothing starts with a faulty file: all faults are told at once, each with its line, the value seen and what would be
right. Unknown keys are faults. Relative folders start at the folder of the file.`

const environment = `Secrets belong in the environment, or in files that the environment names (container secrets): each variable also
exists with \`_FILE\` behind it, and then one line end at the end of that file is ignored. The environment wins over the
file. \`<MAILBOX>\` is the mailbox's key in upper case with \`_\` for \`-\`: the mailbox \`second-line\` has
\`IMAP_SECOND_LINE_PASSWORD\`; \`<PROVIDER>\` is a telephone provider's key in the same way. The two S3 variables are
read where \`storage.kind\` is \`s3\`. \`DEBUG=1\` adds the technical trace to error messages.`

function secretsTable(): string {
  const lines = secretVariables.map(({ name, path }) => {
    const key = path.map(step => (step === '*' ? '<key>' : step)).join('.')
    return `| \`${name}\` | \`${name}_FILE\` | \`${key}\` |`
  })
  return ['| variable | or a file named by | key |', '|---|---|---|', ...lines].join('\n')
}

function isSection(shape: Shape): boolean {
  return shape.properties !== undefined || shape.oneOf !== undefined || Boolean(shape.additionalProperties)
}

function section(key: string, shape: Shape): string {
  return `## ${key}\n\n${shape.description}\n\n${table(rowsOf(key, shape, true))}`
}

function table(rows: readonly Row[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const lines = rows.map(
    row => `| \`${row.key}\` | ${cell(row.value)} | ${cell(row.otherwise)} | ${cell(row.meaning)} |`,
  )
  return ['| key | value | default | meaning |', '|---|---|---|---|', ...lines].join('\n')
}

/** The rows of one key: itself where it holds a value, its parts where it holds a section. */
function rowsOf(key: string, shape: Shape, required: boolean): readonly Row[] {
  if (shape.oneOf) return variantRows(key, shape)
  if (shape.additionalProperties) return rowsOf(`${key}.<key>`, shape.additionalProperties, required)
  if (shape.properties) return partRows(key, shape)
  const own = {
    key,
    value: allowedIn(shape),
    otherwise: otherwiseOf(shape, required),
    meaning: shape.description ?? '',
  }
  return shape.items?.properties
    ? [{ ...own, value: 'a list of sections' }, ...partRows(`${key}[]`, shape.items)]
    : [own]
}

function partRows(key: string, shape: Shape): readonly Row[] {
  return Object.entries(shape.properties ?? {}).flatMap(([part, inner]) => [
    ...(isSection(inner) && inner.description ? [heading(`${key}.${part}`, inner)] : []),
    ...rowsOf(`${key}.${part}`, inner, shape.required?.includes(part) ?? false),
  ])
}

function heading(key: string, shape: Shape): Row {
  return { key, value: 'a section', otherwise: '', meaning: shape.description ?? '' }
}

/** One row for each variant of a choice, followed by the keys that only this variant has. */
function variantRows(key: string, shape: Shape): readonly Row[] {
  return (shape.oneOf ?? []).flatMap(variant => {
    const parts = Object.entries(variant.properties ?? {})
    const [choice, { const: name = '', description = '' }] = parts.find(([, { const: one }]) => one) ?? [
      '',
      {},
    ]
    const isDefault = isMap(shape.default) && shape.default[choice] === name
    const own = {
      key: `${key}.${choice}`,
      value: `"${name}"`,
      otherwise: isDefault ? `\`${name}\`` : '',
      meaning: description,
    }
    const others = parts.filter(([part]) => part !== choice)
    const rows = others.flatMap(([part, inner]) =>
      rowsOf(`${key}.${part}`, inner, variant.required?.includes(part) ?? false),
    )
    return [own, ...rows.map(row => ({ ...row, meaning: `With \`${name}\`: ${row.meaning}` }))]
  })
}

function otherwiseOf(shape: Shape, required: boolean): string {
  if (required) return '**required**'
  if (shape.default === undefined || shape.default === '') return 'none'
  return Array.isArray(shape.default) && shape.default.length === 0 ? 'none' : `\`${String(shape.default)}\``
}
