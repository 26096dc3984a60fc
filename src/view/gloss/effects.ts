import { effectsText } from '../../messages/effects'
import type { LegalCommand } from '../../session/knowledge'

/** Says the effect that a command of one protocol would have now. */
export type Effect = (command: LegalCommand) => string | undefined

const added = new Map<string, Effect>()

/** Adds the effects of a protocol's commands. Returns the function that removes them again. */
export function addEffects(protocol: string, effect: Effect): () => void {
  added.set(protocol, effect)
  return () => added.delete(protocol)
}

/** The effect that a legal command would have now, in a few words; undefined if there is no text for it. */
export function effectOf(protocol: string, command: LegalCommand): string | undefined {
  const effect = added.get(protocol)
  if (effect) return effect(command)
  const { name, variant } = command
  return variant === undefined
    ? effectsText.found(`${protocol}.${name}`)
    : effectsText.found(`${protocol}.${name}.${variant}`)
}
