import { below, type ReplyCase } from './reply-cases.ts'

/** Replies in other languages than ours: customers write from everywhere. */
export const foreignReplyCases: readonly ReplyCase[] = [
  below(
    'French',
    'Le jeu. 5 mars 2026 à 10:11, Support <support@example.com> a écrit :\n\n> Bonjour',
    'Bonjour,\n\nla table boite.\n\nAnna',
  ),
  below(
    'Spanish',
    'El jue, 5 mar 2026 a las 10:11, Support (<support@example.com>) escribió:\n\n> Hola',
    'Hola,\n\ngracias.',
  ),
  below(
    'Italian',
    'Il giorno gio 5 mar 2026 alle ore 10:11 Support <support@example.com> ha scritto:\n\n> Ciao',
    'Ciao,\n\ngrazie.',
  ),
  below(
    'Dutch',
    'Op do 5 mrt 2026 om 10:11 schreef Support <support@example.com>:\n\n> Hallo',
    'Hallo,\n\nbedankt.',
  ),
  below(
    'Polish',
    'czw., 5 mar 2026 o 10:11 Support <support@example.com> napisał(a):\n\n> Witam',
    'Witam,\n\ndziękuję.',
  ),
  below(
    'Swedish',
    'Den tors 5 mars 2026 kl 10:11 skrev Support <support@example.com>:\n\n> Hej',
    'Hej,\n\ntack.',
  ),
  below(
    'Danish',
    'Den tor. 5. mar. 2026 kl. 10.11 skrev Support <support@example.com>:\n\n> Hej',
    'Hej,\n\ntak.',
  ),
  below(
    'Norwegian',
    'tor. 5. mars 2026 kl. 10:11 skrev Support <support@example.com>:\n\n> Hei',
    'Hei,\n\ntakk.',
  ),
  below(
    'Portuguese',
    'Em qui., 5 de mar. de 2026 às 10:11, Support <support@example.com> escreveu:\n\n> Olá',
    'Olá,\n\nobrigada.',
  ),
  below(
    'Czech',
    'čt 5. 3. 2026 v 10:11 odesílatel Support <support@example.com> napsal:\n\n> Dobrý den',
    'Dobrý den,\n\nděkuji.',
  ),
  below(
    'Russian',
    'чт, 5 мар. 2026 г. в 10:11, Support <support@example.com>:\n\n> Добрый день',
    'Добрый день,\n\nспасибо.',
  ),
  below('Japanese', '2026年3月5日(木) 10:11 Support <support@example.com>:\n\n> こんにちは', 'こんにちは'),
  below(
    'a language we do not know',
    'Dydd Iau, 5 Mawrth 2026 am 10:11 ysgrifennodd Support <support@example.com>:\n> Helo',
    'Helo',
  ),
  below(
    'French Outlook',
    'De : Support <support@example.com>\nEnvoyé : jeudi 5 mars 2026 10:11\nÀ : Anna\nObjet : RE: Table\n\nBonjour',
    'Bonjour,\n\nmerci.',
  ),
]
