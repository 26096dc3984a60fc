import { sheetText } from '../../messages/sheet'
import type { RebuiltWords } from '../../view/message/rebuilt'

/** The texts of a world that is made from a header. */
export const rebuiltWords = (): RebuiltWords => ({
  title: sheetText('rebuilt.title'),
  writer: sheetText('rebuilt.writer'),
  reader: sheetText('rebuilt.reader'),
  resolver: sheetText('rebuilt.resolver'),
  root: sheetText('rebuilt.root'),
  west: sheetText('rebuilt.west'),
  sea: sheetText('rebuilt.sea'),
  east: sheetText('rebuilt.east'),
  body: sheetText('rebuilt.body'),
  simplifies: [
    {
      here: sheetText('rebuilt.waits'),
      instead: sheetText('rebuilt.waitsInstead'),
      standard: 'RFC 5321 section 4.5.4.1',
    },
    { here: sheetText('rebuilt.names'), instead: sheetText('rebuilt.namesInstead'), standard: 'RFC 5321 section 5.1' },
  ],
})
