/**
 * Puts the questions that no flag has answered to a person, or reads the answers line by line from a pipe. A person is
 * asked again after a wrong answer; a pipe is not, because its next line answers the next question.
 */
import { createInterface } from 'node:readline'
import { CommandFailed } from '../answer.ts'
import type { Answers } from './flags.ts'
import { type Question, questions } from './questions.ts'

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream
}

/** Throws CommandFailed for a wrong flag or piped answer, and when the input ends before everything is answered. */
export async function askAll(flags: Partial<Answers>, { input, output }: Terminal): Promise<Answers> {
  const given: { -readonly [K in keyof Answers]?: string } = {}
  const lines = createInterface({ input, output, terminal: input.isTTY === true })
  const answers = lines[Symbol.asyncIterator]()
  let ended = false
  lines.once('close', () => {
    ended = true
  })
  const next = async (prompt: string) => {
    lines.setPrompt(prompt)
    // Lines that were read before the input ended are still to come, but readline no longer prompts for them.
    if (ended) output.write(prompt)
    else lines.prompt()
    const { done, value } = await answers.next()
    return done ? undefined : value.trim()
  }
  try {
    for (const question of questions) {
      if (question.applies && !question.applies(given)) {
        given[question.id] = ''
        continue
      }
      const flag = flags[question.id]
      given[question.id] =
        flag === undefined
          ? await ask(question, given, next, input.isTTY === true)
          : judged(question, flag, given)
    }
  } finally {
    lines.close()
  }
  return given as Answers
}

async function ask(
  question: Question,
  given: Partial<Answers>,
  next: (prompt: string) => Promise<string | undefined>,
  person: boolean,
): Promise<string> {
  const fallback = question.fallback(given)
  const prompt = `${question.asks}${fallback ? ` [${fallback}]` : ''}: `
  for (let remark = ''; ; ) {
    const line = await next(`${remark}${prompt}`)
    const answer = line || fallback
    if (answer === undefined) {
      if (line === undefined)
        throw new CommandFailed(
          `Nothing was written: "${question.asks}" has no answer. Give it with ${question.flag}.`,
        )
      remark = '  There must be an answer.\n'
      if (!person)
        throw new CommandFailed(
          `Nothing was written: "${question.asks}" must have an answer. Give it with ${question.flag}.`,
        )
      continue
    }
    const fault = question.fault(answer, given)
    if (fault === undefined) return answer
    if (!person) return judged(question, answer, given)
    remark = `  That will not do: ${fault}\n`
  }
}

function judged(question: Question, answer: string, given: Partial<Answers>): string {
  const fault = question.fault(answer, given)
  if (fault !== undefined)
    throw new CommandFailed(
      `Nothing was written: ${question.flag.split(' ')[0]} is ${JSON.stringify(answer)}; ${fault}`,
    )
  return answer
}
