import { createTitleWish } from '../lesson/desk'

/** The exam has begun, and the button that was pressed is gone: one goes on at what takes its place. */
export const onward = createTitleWish()

export const takeOnward = (place: HTMLElement | null): void => {
  if (place && onward.take()) place.focus({ preventScroll: true })
}
