/** The thread on which `run.ts` has mails read. */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../src/store/database.ts'
import { fuzzMails } from './mail-fuzz.ts'

const { url, seed, minutes }: { url: string; seed: number; minutes: number } = workerData
const end = performance.now() + minutes * 60_000
const database = openDatabase(url, 2)
const report = await fuzzMails({
  seed,
  database,
  goOn: () => performance.now() < end,
  onMail: mail => parentPort?.postMessage(mail),
})
parentPort?.postMessage(report)
await database.$disconnect()
