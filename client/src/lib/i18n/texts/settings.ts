import { defineTexts } from '../template.ts'

export const settings = defineTexts({
  ko: {
    title: '설정',
    profile: '내 이름과 얼굴',
    privacy: '공개와 안전',
    showView: '방에서 내 화면 보이기',
    showViewHint: '누가 따라오는지 나에게 늘 보여요',
    shortcuts: '글자 단축키',
    shortcutsHint: '목록과 지도에서 V, N, P',
    language: '언어',
    theme: '화면 밝기',
    myData: '내 데이터',
  },
  en: {
    title: 'Settings',
    profile: 'Name and face',
    privacy: 'Privacy and safety',
    showView: 'Show my view in rooms',
    showViewHint: 'You always see who follows you',
    shortcuts: 'Letter shortcuts',
    shortcutsHint: 'V, N and P in list and map',
    language: 'Language',
    theme: 'Appearance',
    myData: 'Your data',
  },
})
