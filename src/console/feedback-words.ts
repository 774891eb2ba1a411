/** What lines of a ticket's history say about surveys and the manager, in English sentences without a full stop. */

interface VoteDetail {
  readonly by: string
  readonly to: string
  readonly how: string
  readonly score: number | null
  readonly solved: boolean | null
  readonly wantsManager: boolean
  readonly changed: boolean
  readonly listed: boolean
}

const ways: Readonly<Record<string, string>> = {
  link: 'on the page',
  reply: 'by a reply',
  phone: 'on the telephone',
}

export const feedbackEntryWords = {
  'feedback-asked': ({ to, listed }: VoteDetail) =>
    `${to ? `Asked ${to} how it went` : 'Not asked in writing how it went'}${listed ? '; on the list of those to be rung' : ''}`,
  feedback: ({ how, score, solved, wantsManager, changed }: VoteDetail) => {
    const said = [
      score === null ? 'no score' : `${score} of 5`,
      ...(solved === null ? [] : [solved ? 'solved' : 'not solved']),
      ...(wantsManager ? ['wants to hear from the manager'] : []),
    ]
    return `${changed ? 'Changed the vote' : 'Voted'} ${ways[how] ?? how}: ${said.join(', ')}`
  },
  'manager-wanted': () => 'The customer wants to hear from the manager',
  'manager-contacted': () => 'got in touch with the customer, as was promised',
}

/** Why a ticket was opened again, where neither a mail nor a call did it. */
export const reopenings: Readonly<Record<string, string>> = {
  feedback: 'Reopened, as the customer asked for on the page of the survey',
  'manager-late': 'Reopened: the manager did not get in touch with the customer in time',
}
