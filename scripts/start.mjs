/** `npm start`: from a fresh clone to a running gateway. */
import { runNode } from './run-node.mjs'

runNode('src/main.ts', process.argv.slice(2))
