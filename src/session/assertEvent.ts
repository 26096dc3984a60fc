/**
 * Narrows a machine's event to the types that lead to a transition. Throws if the event has another type: the machine is wrong
 * then.
 */
export function assertEvent<Event extends { readonly type: string }, Type extends Event['type']>(
  event: Event,
  type: Type | readonly Type[],
): asserts event is Extract<Event, { readonly type: Type }> {
  const types: readonly string[] = typeof type === 'string' ? [type] : type
  if (!types.includes(event.type))
    throw new Error(`Broken expectation: the event is ${types.join(' or ')}, not ${event.type}`)
}
