// Checks three parts separately: the engine without DOM and Node, the page without Node, tests and tools with everything.
import { run } from './run.mjs'

const projects = ['tsconfig.engine.json', 'tsconfig.app.json', 'tsconfig.node.json']
const codes = await Promise.all(projects.map((project) => run('typescript', 'bin/tsc', ['-p', project])))
process.exitCode = codes.every((code) => code === 0) ? 0 : 1
