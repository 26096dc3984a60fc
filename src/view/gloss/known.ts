import { statesText } from '../../messages/states'
import { isDns } from '../../protocols/dns/meaning'
import { isImap } from '../../protocols/imap/face'
import { isPop3 } from '../../protocols/pop3/face'
import { isSmtp } from '../../protocols/smtp/face'
import { dnsGloss } from './dns'
import { addGloss, giveFaultTexts, giveStateTitles } from './gloss'
import { imapGloss } from './imap'
import { pop3Gloss } from './pop3'
import { smtpGloss } from './smtp'
import { zoneFaultText } from './zoneFault'

/**
 * The words about lines and states of the protocols that are there. The stage at rest shows no line, so it is drawn without
 * these texts: they come with the engine.
 */
addGloss('DNS', ({ parsed }) => (parsed && isDns(parsed) ? dnsGloss(parsed) : undefined))
addGloss('IMAP', ({ parsed }) => (parsed && isImap(parsed) ? imapGloss(parsed) : undefined))
addGloss('POP3', ({ parsed }) => (parsed && isPop3(parsed) ? pop3Gloss(parsed) : undefined))
addGloss('SMTP', ({ parsed }) => (parsed && isSmtp(parsed) ? smtpGloss(parsed) : undefined))
giveStateTitles((protocol, path) => statesText.found(`${protocol}.${path}`))
giveFaultTexts(zoneFaultText)
