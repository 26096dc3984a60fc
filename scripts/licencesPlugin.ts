import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** The licences of all that is shipped, in the built page's folder. As plain text every browser shows it. */
export const LICENCES = 'licences.txt'

const PACKAGES = 'node_modules'
const EDITOR = join(PACKAGES, 'monaco-editor')

interface Described {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly dependencies?: Readonly<Record<string, string>>
}

const describedIn = (folder: string): Described =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Described

/** A package with its licence, as the build lists those whose modules it bundles. */
function entryOf(name: string): string {
  const folder = join(PACKAGES, name)
  const { version, license } = describedIn(folder)
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  if (file === undefined) throw new Error(`${folder} has no file with its licence`)
  return `## ${name} - ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}`
}

/** Packages of which no module is bundled: fonts are files, and the editor brings what it needs inside its own modules. */
function otherPackages(): readonly string[] {
  const fonts = Object.keys(describedIn('.').dependencies ?? {}).filter((name) => name.startsWith('@fontsource'))
  return [...fonts, ...Object.keys(describedIn(EDITOR).dependencies ?? {})]
}

/** Writes the project's licence, those of the packages in the build, and the notices of the editor into one file. */
export function licencesPlugin(): Plugin {
  return {
    name: 'ehlo-world:licences',
    apply: 'build',
    config: () => ({ build: { license: { fileName: LICENCES } } }),
    writeBundle({ dir }) {
      if (dir === undefined) return
      const file = join(dir, LICENCES)
      const read = (path: string): string => readFileSync(path, 'utf8').trim()
      const parts = [
        read('LICENSE'),
        read(file),
        ...otherPackages().map(entryOf),
        read(join(EDITOR, 'ThirdPartyNotices.txt')),
      ]
      writeFileSync(file, `EHLO World\n\n${parts.join('\n\n')}\n`)
    },
  }
}
