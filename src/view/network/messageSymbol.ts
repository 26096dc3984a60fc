import type { Layer } from './frame'

/** A message has one look wherever it is: in a queue, on its way, in a mailbox and on a device. Its size is 30 by 21 pixels. */
export function drawMessage(message: Layer): void {
  const rect = (as: string, x: number, y: number, width: number, height: number) =>
    message.append('rect').attr('class', as).attr('x', x).attr('y', y).attr('width', width).attr('height', height)
  rect('letter-outline', -15, -10.5, 30, 21)
  for (const edge of ['red', 'blue']) rect(`letter-edge ${edge}`, -13.5, -9, 27, 18)
  rect('letter-sheet', -11.5, -7, 23, 14)
  message.append('path').attr('class', 'letter-lines').attr('d', 'M-8 0H-2M-8 3.5H1')
  rect('letter-stamp', 4, -4.5, 4.5, 5)
}
