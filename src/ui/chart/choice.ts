/** The learner's choice in a chart or its lists. */
export type Choice =
  | { readonly kind: 'legal'; readonly name: string }
  | { readonly kind: 'refused'; readonly name: string; readonly showsWay?: true }
  | { readonly kind: 'state'; readonly id: string }
  | { readonly kind: 'arrow'; readonly id: string }
