/** The values of a list without those that say the same as an earlier one, in linear time: a program may repeat one 10,000 times. */
export const distinct = <T>(values: readonly T[]): readonly T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]
