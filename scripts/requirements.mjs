/** `npm run requirements`: every requirement of docs/requirements.md with the tests that prove it, run now. */
import { runNode } from './run-node.mjs'

runNode('test/requirements/run.ts', process.argv.slice(2))
