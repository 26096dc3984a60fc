import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** The policies of trusted types that the page's libraries make: the editor's own, and the sanitizer that it brings. */
const EDITOR_POLICIES = [
  'defaultWorkerFactory',
  'diffEditorWidget',
  'diffReview',
  'domLineBreaksComputer',
  'dompurify',
  'editorGhostText',
  'editorViewLayer',
  'richScreenReaderContent',
  'standaloneColorizer',
  'stickyScrollViewLayer',
  'tokenizeToString',
]

/** The policy that makes the address of the editor's worker (`src/ui/editor/monaco.ts`). */
const WORKER_POLICY = 'ehlo-worker'

/**
 * The built page may load only its own files, runs no script that it was not built with, and makes no markup of text
 * (Content Security Policy Level 3; Trusted Types). Styles may stand inline, since the editor writes them.
 */
function policyFor(html: string): string {
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${WORKER_POLICY} ${EDITOR_POLICIES.join(' ')}`,
  ].join('; ')
}

/** Writes the page's Content Security Policy into the built `index.html`, before anything that it governs. */
export function contentPolicyPlugin(): Plugin {
  return {
    name: 'ehlo-world:content-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        const charset = '<meta charset="utf-8" />'
        if (!html.includes(charset)) throw new Error(`index.html has no ${charset}, after which its policy stands`)
        const policy = policyFor(html.replaceAll('\r\n', '\n'))
        return html.replace(
          charset,
          () => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
        )
      },
    },
  }
}
