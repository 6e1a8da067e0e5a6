import type { ErrorCode, WireError } from '#shared/errors.ts'
import { defineTexts, type Value } from '../template.ts'

/** One sentence for every refusal: what happened, what was kept, one way on. */
export const errors = defineTexts({
  ko: {
    unauthenticated: '먼저 이름을 알려 주세요',
    session_foreign: '다른 곳에서 온 요청이라 받지 않았어요. 페이지를 새로 열어 주세요',
    bad_input: '보낸 내용을 알아볼 수 없어요. 다시 적어 주세요',
    too_large: '너무 커요. {max}까지 보낼 수 있어요',
    slow_down: '조금 빨라요. {seconds}초 뒤에 다시 해 주세요',
    not_found: '찾는 것이 여기 없어요',
    name_invalid: '이름을 {max}자까지 적어 주세요',
    room_unknown: '그런 방을 찾지 못했어요',
    room_expired: '이 방은 기한이 지났어요',
    room_full: '자리가 꽉 찼어요. {max}명까지 함께할 수 있어요',
    room_locked: '방장이 방을 잠갔어요',
    room_removed: '이 방에서 나왔어요',
    room_closed: '닫힌 방이라 볼 수만 있어요',
    not_a_member: '방에 들어온 뒤에 할 수 있어요',
    host_only: '방장만 할 수 있어요',
    acting_host_cannot: '방장이 돌아와야 할 수 있어요',
    person_unknown: '그 사람은 이제 방에 없어요',
    candidate_unknown: '{number}번은 이제 후보가 아니에요',
    candidate_duplicate: '이미 {number}번으로 올라와 있어요',
    candidate_limit_person: '한 사람이 {max}곳까지 올릴 수 있어요. 하나를 빼고 올려 주세요',
    candidate_limit_room: '이 방에는 {max}곳까지 올릴 수 있어요',
    candidate_numbers_used: '이 방의 번호 {max}개를 다 썼어요. 새 방을 열어 주세요',
    candidate_chosen: '{number}번은 고른 사람이 있어 방장만 뺄 수 있어요',
    candidate_not_yours: '{number}번은 올린 사람만 뺄 수 있어요',
    candidate_restore_over: '{number}번은 이제 되돌릴 수 없어요',
    too_few_candidates: '후보가 {min}곳은 있어야 해요',
    round_open: '투표 중에는 할 수 없어요',
    round_unknown: '그런 투표를 찾지 못했어요',
    round_closed: '방금 끝나서 세지 못했어요',
    runoff_fixed: '결선에서는 후보를 바꿀 수 없어요',
    pass_limit: '패스는 {max}곳까지 할 수 있어요',
    pass_in_runoff: '결선에는 패스가 없어요',
    changed_elsewhere: '다른 기기에서 바꾼 것이 있어서 그대로 두었어요',
    wait_used: '기다려 달라고는 한 번만 할 수 있어요',
    nothing_to_hold: '지금은 끝나는 중이 아니에요',
    deadline_invalid: '지금부터 24시간 안으로 골라 주세요',
    message_empty: '보낼 말이 비어 있어요',
    message_too_long: '{max}자까지 보낼 수 있어요',
    handoff_invalid: '이미 쓴 링크이거나 10분이 지났어요. 새로 만들어 주세요',
    share_text_unknown: '붙여 넣은 글에서 장소를 찾지 못했어요. 이름으로 찾아 보세요',
    demo_full: '지금은 밥섬이 붐벼요. 조금 뒤에 다시 와 주세요',
    voice_unavailable: '지금은 음성을 쓸 수 없어요. 나머지는 그대로 돼요',
    not_ready: '준비하는 중이에요. 잠시 뒤에 다시 해 주세요',
    unexpected: '문제가 생겼어요. 오류 번호 {id}',
  },
  en: {
    unauthenticated: 'Tell us your name first',
    session_foreign: 'That came from another site, so it was refused. Reload the page',
    bad_input: 'We couldn’t read that. Please enter it again',
    too_large: 'That’s too large. The limit is {max}',
    slow_down: 'That was a bit fast. Try again in {seconds} s',
    not_found: 'There’s nothing here',
    name_invalid: 'Enter a name of up to {max} characters',
    room_unknown: 'We couldn’t find that room',
    room_expired: 'This room has expired',
    room_full: 'The room is full. It seats {max}',
    room_locked: 'The host has locked the room',
    room_removed: 'You’re no longer in this room',
    room_closed: 'The room is closed, so it’s read-only',
    not_a_member: 'Join the room first',
    host_only: 'Only the host can do that',
    acting_host_cannot: 'That has to wait until the host is back',
    person_unknown: 'That person has left the room',
    candidate_unknown: 'Number {number} is no longer in the list',
    candidate_duplicate: 'Already in the list as number {number}',
    candidate_limit_person: 'You can add up to {max} places. Remove one first',
    candidate_limit_room: 'A room holds up to {max} places',
    candidate_numbers_used: 'All {max} numbers of this room are used. Open a new room',
    candidate_chosen: 'Someone chose number {number}, so only the host can remove it',
    candidate_not_yours: 'Only the person who added number {number} can remove it',
    candidate_restore_over: 'Number {number} can’t be restored any more',
    too_few_candidates: 'It takes at least {min} places',
    round_open: 'Not while a vote is on',
    round_unknown: 'We couldn’t find that vote',
    round_closed: 'The vote has just closed, so it wasn’t counted',
    runoff_fixed: 'Places can’t change in a run-off',
    pass_limit: 'You can pass on up to {max}',
    pass_in_runoff: 'There’s no pass in a run-off',
    changed_elsewhere: 'You changed this on another device, so it stays',
    wait_used: 'You can only ask to wait once',
    nothing_to_hold: 'The vote isn’t closing now',
    deadline_invalid: 'Pick a time within 24 hours',
    message_empty: 'There’s nothing to send',
    message_too_long: 'Up to {max} characters',
    handoff_invalid: 'That link was used or is older than 10 minutes. Make a new one',
    share_text_unknown: 'No place found in that text. Try its name',
    demo_full: 'Bap Island is full just now. Come back in a little while',
    voice_unavailable: 'Voice is unavailable right now. Everything else works',
    not_ready: 'Just starting. Try again in a moment',
    unexpected: 'Something went wrong. Error {id}',
  },
})

// a code without a sentence is a type error
errors.ko satisfies Record<ErrorCode, string>

const BYTES_PER_KB = 1024
const BYTES_PER_MB = 1024 * 1024

function size(bytes: number): string {
  return bytes >= BYTES_PER_MB
    ? `${Math.floor(bytes / BYTES_PER_MB)} MB`
    : `${Math.floor(bytes / BYTES_PER_KB)} KB`
}

/** The values that a refusal's sentence shows, made from what travelled: a moment becomes the seconds until it. */
export function errorParams(error: WireError, now: number = Date.now()): Record<string, Value> {
  switch (error.code) {
    case 'slow_down':
      return { seconds: Math.max(1, Math.ceil((error.params.retryAt - now) / 1000)) }
    case 'too_large':
      return { max: size(error.params.maxBytes) }
    default:
      return Object.fromEntries(
        Object.entries(error.params).filter(
          ([, value]) => typeof value === 'string' || typeof value === 'number',
        ),
      ) as Record<string, Value>
  }
}
