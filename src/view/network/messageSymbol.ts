import type { NoticeKind } from '../run/notice'
import type { Layer } from './frame'

const CROSS = 'M-8.5 -4.5L0 5M0 -4.5L-8.5 5'
/** An arrow that turns back to the left. */
const BACK = 'M3 5H6.2A3.6 3.6 0 0 0 6.2 -2.6H3M5.2 -5L2.8 -2.6L5.2 -0.2'

/**
 * A message has one look wherever it is: in a queue, on its way, in a mailbox and on a device. Its size is 30 by 21 pixels. On a
 * notice an arrow that turns back stands in place of the stamp. If it returns a message, its address is crossed out.
 */
export function drawMessage(message: Layer, notice: NoticeKind | undefined): void {
  const rect = (as: string, x: number, y: number, width: number, height: number) =>
    message.append('rect').attr('class', as).attr('x', x).attr('y', y).attr('width', width).attr('height', height)
  rect('letter-outline', -15, -10.5, 30, 21)
  for (const edge of ['red', 'blue']) rect(`letter-edge ${edge}`, -13.5, -9, 27, 18)
  rect('letter-sheet', -11.5, -7, 23, 14)
  message.append('path').attr('class', 'letter-lines').attr('d', 'M-8 0H-2M-8 3.5H1')
  if (!notice) rect('letter-stamp', 4, -4.5, 4.5, 5)
  else {
    const d = notice === 'returned' ? CROSS + BACK : BACK
    message.append('path').attr('class', `letter-${notice}`).attr('d', d)
  }
}
