import { defineTexts } from '../template.ts'

export const map = defineTexts({
  ko: {
    label: '지도',
    zoomIn: '크게',
    zoomOut: '작게',
    fitAll: '모두 보기',
    tilesMissing: '배경 지도를 못 불러왔어요',
    tilesMissingHint: '목록과 투표는 그대로 돼요',
    addWords: '말 붙이기',
    offscreen: '{name}, {distance} 떨어진 곳을 보고 있어요',
    dishOffscreen: '{number}번 {name}, 여기서 {distance}',
    morePeople: '{count:한 명} 더',
    moreDishes: '후보 {count}곳 더',
  },
  en: {
    label: 'Map',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fitAll: 'Show all',
    tilesMissing: 'Background map didn’t load',
    tilesMissingHint: 'The list and the vote still work',
    addWords: 'Add words',
    offscreen: '{name} is looking {distance} away',
    dishOffscreen: '{number} {name}, {distance} from here',
    morePeople: '{count?# more|# more}',
    moreDishes: '{count?# more place|# more places}',
  },
})
