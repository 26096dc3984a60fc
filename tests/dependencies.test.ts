import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './support/browser'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly bin?: string | Readonly<Record<string, string>>
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

const ours = manifestOf(root)
const packages = Object.keys({ ...ours.dependencies, ...ours.devDependencies })

/** All code and configuration by which a package can be used. */
const code = ['.', 'src', 'tests', 'scripts', 'lessons', 'project.inlang']
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
      .filter((file) => /(?<!package(?:-lock)?)\.(?:[cm]?[jt]sx?|json|css|html)$/.test(file))
      .map((file) => readFileSync(join(root, folder, file), 'utf8')),
  )
  .join('\n')
const commands = Object.values(ours.scripts ?? {}).join('\n')

const escaped = (text: string): string => text.replace(/[/.*+?^${}()|[\]\\]/g, '\\$&')
const says = (text: string, pattern: string): boolean => new RegExp(pattern).test(text)

/** The commands that a package installs. */
function programsOf(name: string): readonly string[] {
  const { bin } = manifestOf(join(root, 'node_modules', name))
  return bin === undefined ? [] : typeof bin === 'string' ? [name] : Object.keys(bin)
}

/** Imported, named in a configuration, run, the types of a package in use, or required by another of our packages. */
function isUsed(name: string): boolean {
  if (says(code, `['"](?:[^'"\\n]*node_modules/)?${escaped(name)}(?:/[^'"\\n]*)?['"]`)) return true
  if (
    programsOf(name).some(
      (program) => says(commands, `(?:^|\\s|/)${escaped(program)}(?:\\s|$)`) || says(code, `'${escaped(program)}'`),
    )
  )
    return true
  if (name.startsWith('@types/')) {
    const typed = name.slice('@types/'.length)
    return typed === 'node' || (packages.includes(typed) && isUsed(typed)) || says(code, `from '${escaped(typed)}'`)
  }
  return packages.some((other) => manifestOf(join(root, 'node_modules', other)).peerDependencies?.[name] !== undefined)
}

describe('the packages of package.json', () => {
  it('are all used', () => {
    expect(packages.length).toBeGreaterThan(40)
    expect(packages.filter((name) => !isUsed(name))).toEqual([])
  })

  it('would be reported if one is not used', () => {
    // It is installed because other packages need it, and our code does not import it.
    const unused = ['d3', 'interpolate'].join('-')
    expect(existsSync(join(root, 'node_modules', unused))).toBe(true)
    expect(isUsed(unused)).toBe(false)
  })

  it('have exact versions', () => {
    const versions = Object.entries({ ...ours.dependencies, ...ours.devDependencies })
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })
})
