/** What colleagues read of an agent, wherever it is shown who is responsible. */
import { text } from './words.ts'

export const agentRole = {
  title: text
    .optional()
    .describe('What the agent is, such as "Service technician"; shown wherever it says who is responsible.'),
}
