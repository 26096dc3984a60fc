import { effectsText } from '../../messages/effects'
import type { LegalCommand } from '../../session/knowledge'

/** Says what a command of one protocol would do now. */
export type Effect = (command: LegalCommand) => string | undefined

const added = new Map<string, Effect>()

/** Asks one more protocol from now on; gives back what takes it away again. */
export function addEffects(protocol: string, effect: Effect): () => void {
  added.set(protocol, effect)
  return () => added.delete(protocol)
}

/** What a legal command would do now, in a few words; undefined where nothing is said of it. */
export function effectOf(protocol: string, command: LegalCommand): string | undefined {
  const effect = added.get(protocol)
  if (effect) return effect(command)
  const { name, variant } = command
  return variant === undefined
    ? effectsText.found(`${protocol}.${name}`)
    : effectsText.found(`${protocol}.${name}.${variant}`)
}
