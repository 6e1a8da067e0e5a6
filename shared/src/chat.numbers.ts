/*
 * Whether a bare number in a text names a candidate or counts something. In doubt it counts: a number that stays text misleads
 * nobody, and `#2` always names.
 */

/** Words after a number that it counts or measures. */
const UNITS_EN = [
  'min(?:ute)?s?|h(?:(?:ou)?rs?)?|s(?:ec(?:ond)?s?)?|days?|weeks?|months?|years?|nights?|times?|x|more',
  "am|pm|[ap]\\.m|o[’']?clock|k?m|km?s|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|blocks?|stops?|stations?|floors?",
  'people|persons?|guys|friends|adults|kids|of (?:us|you|them)|votes?|places?|options?|spots?|restaurants?|seats?|tables?',
  'won|dollars?|bucks|usd|krw|k|percent|stars?|points?',
  'pieces?|bowls?|cups?|glass(?:es)?|bottles?|beers?|drinks?|plates?|dishes|portions?|servings?|orders?',
].join('|')
const UNITS_KO =
  '시간?|분|초|일|주일?|개월|월|년|명|인분?|사람|개|원|천원|만원|층|호선?|잔|병|그릇|판|접시|마리|살|곳|군데|표|차|배|정거장|킬로|미터|째'
/** What may hang on a Korean unit: "2 명이서", "2 시에". Other letters make it another word: "2 시켜", "2 분위기". */
const HANGING_KO = '[에은는이가을를도만까쯤부전후뒤면짜씩반서]'
const UNIT = `(?:(?:${UNITS_EN})(?!\\p{L})|(?:${UNITS_KO})(?:(?!\\p{L})|${HANGING_KO}))`

const COUNTED_AFTER = new RegExp(
  `^(?:[%°]|[-–~/+*×]\\s*[\\p{L}\\p{N}]|(?:\\s*(?:or|to|and|[,~–-]|에서|이나|나)\\s*\\d+)?\\s*${UNIT})`,
  'iu',
)
/** Money, sums, times of day, and numbers that belong to the word before them. */
const COUNTED_BEFORE =
  /(?:[$₩€£¥~/+*×–-]|(?<!\p{L})(?:at|by|until|till|before|after|since|around|exit|gate|line|floor|bus|page|오전|오후|새벽|출구|버스)\s+)$/iu

/** True when a bare number between `before` and `after` is a time, a price or a count: "in 2 minutes", "2 명", "$2". */
export function isCounted(before: string, after: string): boolean {
  return COUNTED_AFTER.test(after) || COUNTED_BEFORE.test(before)
}

/** "2번", "2번으로": what follows the 번 of a name. "2번길" is a street, "2번째" the second time. */
const NAMED_AFTER = /^(?:$|[^\p{L}\p{N}]|[이은을과으도만에까부보의처하랑인임요])/u
/** Exits and buses have numbers of their own; "2번 더" is twice more. */
const OTHERS_AFTER =
  /^\s*(?:출구|게이트|버스|마을버스|국도|승강장|더|이상|씩|정도|연속|먹었|갔|가\s?봤|와\s?봤)/u

/** True when a number with 번 names a candidate, judged by what follows the 번. */
export function isNamedByBeon(after: string): boolean {
  return NAMED_AFTER.test(after) && !OTHERS_AFTER.test(after)
}
