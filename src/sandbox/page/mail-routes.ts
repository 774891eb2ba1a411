import { type Request, Router } from 'express'
import { type HelpLine, helpLine } from '../../desk/command-words.ts'
import type { Account } from '../accounts.ts'
import { mailDocumentPolicy } from './guard.ts'
import { type MailDesk, NotHere } from './mail-desk.ts'
import { mailDocument } from './mail-document.ts'
import { type Clock, columnOf, mailPath, mailView, type Showing } from './mailbox-view.ts'
import { formBody, readForm } from './upload.ts'
import { type Render, sendPiece } from './views.ts'

/** Choosing a person, lists of mails and mails. Every answer is a piece of the page for htmx. */
export function readingRoutes(desk: MailDesk, render: Render, clock: () => Clock): Router {
  const router = Router()
  router.get('/sandbox/customer/:address', async (request, response) => {
    const customer = desk.person(request.params.address)
    const column = await desk.customerColumn(customer, exampleOf(request))
    sendPiece(request, response, render('customer', column))
  })
  router.post('/sandbox/customer', formBody, async (request, response) => {
    const { fields } = await readForm(request.body, request.headers['content-type'])
    const customer = desk.sandbox.world.provide(fields.address ?? '')
    sendPiece(
      request,
      response,
      render('customer', await desk.customerColumn(desk.person(customer.address), 0)),
    )
  })
  router.get('/sandbox/mail/:address/:folder', async (request, response) => {
    const mailbox = await desk.mailbox(desk.person(request.params.address), folderOf(request))
    sendPiece(request, response, render('mailbox', mailbox))
  })
  // What arrives while one reads a mail.
  router.get('/sandbox/mail/:address/:folder/news', async (request, response) => {
    const mailbox = await desk.mailbox(desk.person(request.params.address), folderOf(request))
    sendPiece(request, response, render('news', mailbox))
  })
  router.get('/sandbox/mail/:address/:folder/:uid', async (request, response) => {
    const account = desk.person(request.params.address)
    const mail = await desk.open(account, folderOf(request), Number(request.params.uid))
    sendPiece(request, response, render('mail', mailView(account, mail, showingOf(request), clock())))
  })
  router.get('/sandbox/mail/:address/:folder/:uid/document', async (request, response) => {
    const account = desk.person(request.params.address)
    const mail = await desk.open(account, folderOf(request), Number(request.params.uid))
    response.setHeader('Content-Security-Policy', mailDocumentPolicy)
    response.setHeader('Cache-Control', 'no-store')
    response.type('html').send(mailDocument(mail))
  })
  return router
}

/** Writing and answering. */
export function writingRoutes(desk: MailDesk, render: Render): Router {
  const router = Router()
  router.get('/sandbox/mail/:address/:folder/:uid/reply', async (request, response) => {
    const from = desk.person(request.params.address)
    const [folder, uid] = [folderOf(request), Number(request.params.uid)]
    const draft = desk.reply(from, await desk.open(from, folder, uid))
    const back = `${mailPath(from, folder)}/${uid}`
    sendPiece(
      request,
      response,
      render('reply', {
        ...draft,
        from,
        folder,
        uid,
        back,
        column: columnOf(from),
        commands: examplesFor(from),
      }),
    )
  })
  router.post('/sandbox/send', formBody, async (request, response) => {
    const form = await readForm(request.body, request.headers['content-type'])
    const from = desk.person(form.fields.from ?? '')
    const sending = await desk.send(from, form)
    const customer = from.role === 'customer'
    const next = customer ? `/sandbox/customer/${encodeURIComponent(from.address)}` : mailPath(from, 'INBOX')
    const mailbox = await desk.mailbox(from, 'INBOX')
    sendPiece(
      request,
      response,
      render('sent', { ...sending, to: form.fields.to, column: columnOf(from), customer, next, mailbox }),
    )
  })
  return router
}

/** Commands that one can try at once, for an agent; in the agent's language, like the receipts. */
function examplesFor({ role, language }: Account): readonly (HelpLine & { readonly insert: string })[] {
  if (role !== 'agent') return []
  return tryable.map(name => {
    const line = helpLine(name, language)
    return { ...line, insert: line.usage.replace(/ \[.*$/, '') }
  })
}

const tryable = ['close', 'wait', 'note', 'take', 'why', 'help'] as const

function exampleOf({ query }: Request): number {
  const example = Number(query.example ?? 0)
  return Number.isSafeInteger(example) && example > 0 ? example : 0
}

function folderOf({ params }: Request<{ folder: string }>): 'INBOX' | 'Sent' {
  if (params.folder === 'INBOX' || params.folder === 'Sent') return params.folder
  throw new NotHere('There is no such folder.')
}

function showingOf({ query }: Request): Showing {
  return query.view === 'text' || query.view === 'source' ? query.view : 'rendered'
}
