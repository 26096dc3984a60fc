/** Narrows a machine's event to the types by which a transition is reached. Throws where it is none of them: the machine is wrong then. */
export function assertEvent<Event extends { readonly type: string }, Type extends Event['type']>(
  event: Event,
  type: Type | readonly Type[],
): asserts event is Extract<Event, { readonly type: Type }> {
  const types: readonly string[] = typeof type === 'string' ? [type] : type
  if (!types.includes(event.type))
    throw new Error(`Broken expectation: the event is ${types.join(' or ')}, not ${event.type}`)
}
