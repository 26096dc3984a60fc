import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { readExtension, scenarioFiles } from '../src/adapters/node/scenarios'
import { isExtension } from '../src/learning/extension'
import { LessonError, problemLine } from '../src/learning/problem'

/**
 * Makes a scenario file that extends another the whole world when the site is built, so that the page needs neither the other
 * file nor the rules. `NAME.json?about` is its entry in a list of worlds. An error in a file stops the build with its place and
 * the remedy.
 */
export function scenariosPlugin(): Plugin {
  return {
    name: 'ehlo-world:scenarios',
    enforce: 'pre',
    load(id) {
      const found = /^(.*\/lessons\/scenarios\/[\w.-]+\.json)(\?about)?$/.exec(id)
      if (!found) return null
      const [, file = '', about] = found
      const data: unknown = JSON.parse(readFileSync(file, 'utf8'))
      if (about) {
        this.addWatchFile(file)
        return { code: `export default ${JSON.stringify(aboutOf(data))}`, map: null, moduleType: 'js' }
      }
      if (!isExtension(data)) return null
      for (const each of scenarioFiles(file)) this.addWatchFile(each)
      try {
        return { code: JSON.stringify(readExtension(file)), map: null }
      } catch (error) {
        if (!(error instanceof LessonError)) throw error
        const [first] = error.problems
        this.error({
          message: error.problems.map(problemLine).join('\n'),
          id: file,
          ...(first && { loc: { file: first.file, line: first.line, column: first.column } }),
        })
      }
    },
  }
}

/** The lab offers a world that stands alone, and one that says so. */
function aboutOf(data: unknown): { readonly name: string; readonly title: string; readonly inLab: boolean } {
  const { name, title, inLab } = data as { name: string; title: string; inLab?: boolean }
  return { name, title, inLab: inLab === true || !isExtension(data) }
}
