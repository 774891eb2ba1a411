/** `npm run -s gateway -- <command>`: the command line of a checkout. */
import { runNode } from './run-node.mjs'

runNode('src/cli.ts', process.argv.slice(2))
