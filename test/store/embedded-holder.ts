/** A gateway's database and lock in a process of its own, to be killed by a test: prints what it has and stays. */
import { argv } from 'node:process'
import { lockDataFolder } from '../../src/store/data-folder-lock.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'

const dataFolder = argv[2] ?? ''
await lockDataFolder(dataFolder)
const { url, pid } = await startEmbeddedPostgres({ dataFolder })
console.log(JSON.stringify({ url, pid }))
setInterval(() => {}, 60_000)
