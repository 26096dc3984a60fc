import compile from 'icu-minify/compile'
import type { Plugin } from 'vite'
import { transformWithOxc } from 'vite'

const MESSAGES = /\/src\/messages\/[\w-]+\/[\w-]+\.ts$/
const READY = /\/src\/messages\/ready\.ts$/

/**
 * Compiles messages for the page, so that it needs no parser of ICU MessageFormat. Outside a page (the command line, tests)
 * src/messages/ready.ts compiles a message at its first use, and this plugin does nothing.
 */
export function messagesPlugin(): Plugin {
  return {
    name: 'ehlo-world:messages',
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    async transform(code, id) {
      if (READY.test(id)) return { code: 'export const ready = (compiled) => compiled', map: null }
      if (!MESSAGES.test(id)) return null
      const script = await transformWithOxc(code, id)
      const { default: messages } = (await import(`data:text/javascript,${encodeURIComponent(script.code)}`)) as {
        readonly default: Readonly<Record<string, string>>
      }
      const compiled = Object.entries(messages).map(([key, message]) => [key, compile(message)] as const)
      return { code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`, map: null, moduleType: 'js' }
    },
  }
}
