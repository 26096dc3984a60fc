/**
 * The parts of Monaco that the dialogue editor needs, and nothing else. This module is only imported lazily. The suggest
 * feature's register file lacks its controller, so the controller is imported separately.
 */
import { editor, type IDisposable, KeyCode, languages, Range } from 'monaco-editor/editor'
import workerUrl from 'monaco-editor/editor/editor.worker?worker&url'
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codeEditor/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/suggest/register'
import 'monaco-editor/features/toggleTabFocusMode/register'

export const LANGUAGE = 'ehlo-dialogue'

/** Trusted Types, which TypeScript's DOM does not know yet and some browsers do not have. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** The page's policy lets this address be a script, and no other (`scripts/contentPolicyPlugin.ts`). */
const addressOf = (url: string): string => {
  const { trustedTypes } = self as { trustedTypes?: TrustedTypes }
  if (!trustedTypes) return url
  const rules = { createScriptURL: (address: string): string => (address === workerUrl ? address : '') }
  return trustedTypes.createPolicy('ehlo-worker', rules).createScriptURL(url)
}

const workerAddress = addressOf(workerUrl)
self.MonacoEnvironment = { getWorker: () => new Worker(workerAddress, { type: 'module' }) }
languages.register({ id: LANGUAGE })

/** The colours are the page's own tokens, in the style sheet. The themes only say whether the ground is light or dark. */
for (const [name, base] of [
  ['ehlo-light', 'vs'],
  ['ehlo-dark', 'vs-dark'],
] as const) {
  editor.defineTheme(name, { base, inherit: true, rules: [], colors: { 'editor.background': '#00000000' } })
}

export { editor, type IDisposable, KeyCode, languages, Range }
