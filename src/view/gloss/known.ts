import { fieldBody } from '../../mail/headerFields'
import { messageIdsIn } from '../../mail/messageId'
import { statesText } from '../../messages/states'
import { isDns } from '../../protocols/dns/meaning'
import { isReferral } from '../../protocols/dns/message'
import { canonical } from '../../protocols/dns/names'
import { rdataText } from '../../protocols/dns/record'
import { decode, unframed } from '../../protocols/dns/wire'
import { isImap } from '../../protocols/imap/face'
import { isPop3 } from '../../protocols/pop3/face'
import { isSmtp } from '../../protocols/smtp/face'
import { plainReason } from '../plainReason'
import { reasonText } from '../reasonText'
import { giveDnsReader } from '../run/dnsReader'
import { giveMessageIdReader } from '../run/messageReader'
import { eventInWords } from '../stage/events'
import { fateAt } from '../stage/fate'
import { wholeEvent } from '../stage/fates'
import { giveHeadlines } from '../stage/headline'
import { giveEventSentences } from '../stage/sentence'
import { dnsGloss } from './dns'
import { addGloss, giveFaultTexts, giveReasonTexts, giveStateTitles } from './gloss'
import { imapGloss } from './imap'
import { pop3Gloss } from './pop3'
import { smtpGloss } from './smtp'
import { zoneFaultText } from './zoneFault'

/**
 * Texts about the lines, states and events of this program's runs, and the readers of messages. The stage at rest shows none
 * and needs none of them, so they load with the engine.
 */
addGloss('DNS', ({ parsed }) => (parsed && isDns(parsed) ? dnsGloss(parsed) : undefined))
addGloss('IMAP', ({ parsed }, line) => (parsed && isImap(parsed) ? imapGloss(parsed, line) : undefined))
addGloss('POP3', ({ parsed }) => (parsed && isPop3(parsed) ? pop3Gloss(parsed) : undefined))
addGloss('SMTP', ({ parsed }, line) => (parsed && isSmtp(parsed) ? smtpGloss(parsed, line) : undefined))
giveStateTitles((protocol, path) => statesText.found(`${protocol}.${path}`))
giveFaultTexts(zoneFaultText)
giveReasonTexts({ exact: reasonText, plain: plainReason })
giveEventSentences({ event: eventInWords, whole: wholeEvent })
giveHeadlines(fateAt)
giveDnsReader({ canonical, decode, isReferral, rdataText, unframed })
giveMessageIdReader((message) => messageIdsIn(fieldBody(message, 'Message-ID') ?? ''))
