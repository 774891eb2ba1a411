import { definitions, dimensionNames } from './definitions.ts'
import type { FigureDefinition } from './figure.ts'
import { recursFrom } from './read/causes.ts'
import type { PartSpec } from './reader.ts'
import { readers } from './readers.ts'
import { closedFrom, reopenedFrom } from './training.ts'

/** docs/figures.md, made from the definitions and from what is counted. */
export function figuresManual(): string {
  return `${[head(), ...definitions.map(chapter)].join('\n\n')}\n`
}

const head = () => `# Figures

Every number that pages, mails, exports and metrics show is defined here, once. This page is generated from
\`src/figures/definitions.ts\` and the readers in \`src/figures/read/\` by \`node scripts/write-figure-docs.ts\`.

- A period is a number of whole days in one time zone, both ends included: that of the first office, unless told otherwise.
- **Office minutes** are the minutes in which the ticket's office was open, holidays, bridge days, closures and changes to
  daylight saving considered; deadlines are counted by the same hours. Changed hours change old figures as well.
- Median and 90th percentile are interpolated between the two nearest values. A share always tells of how many.
- Told apart by channel, department, area, product, customer or the group of the agent, the largest 48 are shown, the rest
  as one, and what is not known last. An agent of several groups counts for the department of the ticket if it is one of
  them, else for the first one of the configuration.
- Tickets are told apart by what is known of them now, not by what was known at the time.
- A need for training is pointed to where ${recursFrom} closed tickets of an area have the same cause, or where of at least
  ${closedFrom} closed tickets ${reopenedFrom} % or more had been reopened.

\`gateway report\` prints them; \`--format csv\` and \`--format json\` write them for other programs.

| figure | key | serves |
|---|---|---|
${definitions.map(({ key, name, serves }) => `| [${name.en}](#${anchor(name.en)}) | \`${key}\` | ${serves.join(', ')} |`).join('\n')}`

const anchor = (title: string) => title.toLowerCase().replaceAll(' ', '-')

function chapter({ key, name, formula, serves, dimensions, better }: FigureDefinition): string {
  const by = dimensions.map(dimension => dimensionNames[dimension].en.toLowerCase()).join(', ')
  const parts = readers[key].parts.map(row)
  return `## ${name.en}

${formula.en}

*${name.de}.* ${formula.de}

Key \`${key}\`; by ${by}. ${judgement[better]} Serves ${serves.join(', ')}.

| part | meaning | auf Deutsch | kind |
|---|---|---|---|
${parts.join('\n')}`
}

function row({ key, name, kind }: PartSpec): string {
  return `| \`${key}\` | ${name.en} | ${name.de} | ${kinds[kind]} |`
}

const judgement = {
  more: 'More of its first part is better.',
  less: 'Less of its first part is better.',
  neither: 'More is neither better nor worse.',
} as const

const kinds: Readonly<Record<PartSpec['kind'], string>> = {
  count: 'number',
  sum: 'number',
  level: 'number at the end',
  share: 'share',
  minutes: 'median and 90th percentile of minutes',
  score: 'mean and spread of 1 to 5',
}
