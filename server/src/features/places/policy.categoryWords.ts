import type { Category } from '#shared/places.ts'

/**
 * What tells a category, a line each; words are parted by spaces.
 *
 * said: what people type who look for any place of it, in both languages.
 * kinds: values of OpenStreetMap's `cuisine` and `amenity` and of registers, whole; `names` are understood there too.
 * names: found in a place's name: Hangul and Han anywhere in it, Latin as whole words, singular or plural; `_` parts words.
 *   The longest found holds, and of equally long ones the last: in Korean and Chinese the noun ends the name.
 * brands: chains whose name says nothing else.
 * faint: looked for in a name of which nothing else tells: they say where one eats more than what. `$` ends a word there.
 */
export interface CategoryRule {
  said: string
  kinds?: string
  names: string
  brands?: string
  faint?: string
}

export const rules: Record<Category, CategoryRule> = {
  korean: {
    said: 'korean 한식 백반',
    kinds: 'korean 정식 home_cooking',
    names: `한식 한정식 백반 쌈밥 보쌈정식 돌솥밥 보리밥 기사식당 밥상 밥집 도시락 본도시락 두부 청국장 시래기 비빔 죽집 참죽 떡갈비 한상 반상 누룽지
      뚝배기 돌쌈 쌈촌 韓國 韓式 韓味 korean`,
    brands: '본죽 한솥 본도시락 놀부',
    faint: '식당 밥 가든 산장 남도 시골 고향 전주 한옥 맛집 먹거리 쌈 집$ 네$',
  },
  bbq: {
    said: 'bbq barbecue grill 고기 고깃집 구이',
    kinds: 'korean_barbecue barbecue 식육(숯불구이)',
    names: `숯불구이 갈비 곱창 막창 대창 양곱창 삼겹 오겹살 목살 껍데기 생고기 뒷고기 고깃집 고기집 정육식당 정육점 한우 불고기 등심 안심 차돌
      갈매기살 치맛살 오돌뼈 돼지고기 소고기 쇠고기 우삼겹 항정살 대패 주물럭 양꼬치 꼬치구이 닭꼬치 로스구이 소금구이 장작구이 화로구이 연탄구이 직화 육회
      바베큐 바비큐 우대갈비 토시살 특수부위 냉삼 냉쌈 오리구이 오리주물럭 유황오리 오리전문 황금오리 도야지 燒烤 燒肉 烤肉 串燒 bbq barbecue barbeque grillhouse yakiniku churrascaria`,
    brands: '이차돌 투파이브 최대패',
    faint: '고기 구이 숯불 화로 연탄 오리 곱창이랑 돼지 돈$',
  },
  chicken: {
    said: 'chicken 치킨 통닭',
    kinds: 'hot_chicken 호프/통닭',
    names: `통닭 치킨 닭강정 닭갈비 찜닭 닭발 닭한마리 닭볶음탕 닭도리탕 강정 두마리 후라이드 불닭 옛날통닭 炸雞 鹹酥雞 鹽酥雞 雞排
      chicken wings fried_chicken pollo rotisserie`,
    brands: `bhc bbq_chicken 비비큐 페리카나 교촌 굽네 네네 처갓집 맥시칸 또래오래 푸라닭 맛닭꼬 지코바 훌랄라 멕시카나 60계 누구나홀딱반한닭 두찜 후참
      kfc 케이에프씨 popeyes chick_fil_a wingstop el_pollo`,
    faint: '닭',
  },
  noodles: {
    said: 'noodles 국수 면',
    kinds: 'beef_noodle beef_noodles cold_noodle lamian chinese_noodles',
    names: `냉면 국수 국시 칼국수 막국수 밀면 수제비 면옥 잔치국수 메밀 쫄면 콩국수 손칼 麵 米粉 粿條 noodle noodles ramyun`,
    brands: '틈새라면',
    faint: '라면',
  },
  soup: {
    said: 'soup 국밥 탕',
    kinds: '탕류 탕',
    names: `국밥 해장국 설렁탕 곰탕 삼계탕 추어탕 감자탕 순대국 순댓국 순대 육개장 소머리 갈비탕 도가니 내장탕 매운탕 동태탕 황태탕 사철탕
      보신탕 영양탕 염소탕 흑염소 백숙 누룽지탕 알탕 콩탕 해장 뼈해장국 선지 우거지 북어 사골 火鍋 麻辣鍋 湯 粥 羹 鍋 hotpot hot_pot soup soups shabu`,
    brands: '담소 육대장 본가신의주',
    faint: '탕',
  },
  stew: {
    said: 'stew 찌개 전골',
    kinds: 'jjigae',
    names:
      '찌개 찌게 부대찌개 순두부 전골 김치찜 샤브 낙곱새 두부마을 두루치기 뚝배기찌개 stew jjigae',
    brands: '채선당',
  },
  bibimbap: { said: 'bibimbap 비빔밥 korean 한식', names: '비빔밥 덮밥 bibimbap' },
  gimbap: { said: 'gimbap kimbap 김밥 분식', names: '김밥 주먹밥 김빠 gimbap kimbap' },
  tteokbokki: {
    said: 'tteokbokki 떡볶이 분식',
    names: '떡볶이 떡뽁이 떡복이 즉떡 분식 라볶이 오뎅 어묵 스낵 핫도그 컵밥 tteokbokki',
    brands: '죠스 신전 두끼 감탄 공수간',
    faint: '떡',
  },
  pancake: {
    said: 'jeon 전 부침개',
    names: '빈대떡 파전 부침개 지짐이 녹두전 전집 모듬전 막걸리전',
  },
  seafood: {
    said: 'seafood 해산물 횟집',
    kinds: 'fish fish_and_chips 복어취급',
    names: `횟집 회집 회센터 생선회 활어 세꼬시 수산 해물 해산물 아구 아귀 조개 낙지 쭈꾸미 주꾸미 생선 생선구이 조개구이 장어 장어구이 민물장어
      꼼장어 곰장어 장어집 꼬막 홍어 참치 대게 킹크랩 랍스터 문어 오징어 복집 복국 참복 동태 명태 황태 코다리 대구탕 뽈찜 뽈테기 초장집 볼데기 굴국밥 게장 해녀 물회
      연어 광어 굴비 고등어 갈치 가자미 바닷가재 전복 멍게 회뜨는 자연산 회직판장 아나고 어시장
      海鮮 魚 蝦 蟹 生魚片 seafood oyster lobster crab fish clam shrimp pescheria pesce`,
    faint: '바다 어부',
  },
  pork: { said: 'pork 족발 보쌈', names: '족발 보쌈 족뱅이 돼지국수 豬腳 pork' },
  chinese: {
    said: 'chinese 중식 중국집',
    kinds: 'hakka dim_sum japanese_and_chinese chinese_breakfast breakfast_chinese',
    names: `중국식 중국집 중식 중화 마라 반점 짜장 자장면 짬뽕 탕수육 훠궈 딤섬 만두 교자 양장피 깐풍 차이나 북경 사천 홍콩 상해 만리장성 객잔 쿵부
      餃 餛飩 包子 小籠 湯包 燒餅 燒臘 滷肉 排骨 便當 飯包 自助餐 小吃 早餐 豆漿 飯糰 熱炒 川菜 客家 港式 茶餐廳 臭豆腐 酸菜 豆腐 牛肉 焢肉 雞肉飯 鴨 鵝 臘
      蚵仔 肉圓 肉羹 chinese china wok szechuan sichuan hunan peking beijing shanghai cantonese dim_sum dimsum dumpling dumplings
      hong_kong taiwanese mandarin canton great_wall fujian hibachi_wok panda`,
    faint: '각$ 성$ 餐 飯 菜 肉 食館 小館 酒樓 炒 dragon jade dynasty wah hing',
  },
  japanese: {
    said: 'japanese 일식',
    kinds: 'beef_bowl gyudon japanese_noodle',
    names: `일식 이자카야 돈부리 규동 오코노미야끼 야키토리 텐동 스키야키 규카츠 샤부 로바다야끼 사시미 일본식 日式 日本料理 居酒屋 丼 定食 和食 鐵板燒
      壽喜燒 關東煮 japanese izakaya yakitori teppanyaki teriyaki okonomiyaki donburi tempura hibachi tokyo bento`,
    brands: '미소야 토마토도시락',
  },
  sushi: {
    said: 'sushi 초밥 japanese 일식',
    names: '초밥 스시 壽司 鮨 握壽司 sushi',
    brands: '쿠우쿠우',
  },
  ramen: { said: 'ramen 라멘 noodles 면 japanese 일식', names: '라멘 拉麵 ramen' },
  udon: { said: 'udon 우동 noodles 면 japanese 일식', names: '우동 소바 烏龍麵 蕎麥 udon soba' },
  tonkatsu: {
    said: 'tonkatsu 돈까스 japanese 일식',
    names: '돈까스 돈카츠 돈가스 돈가츠 카츠 까스 豬排 tonkatsu katsu',
    brands: '한스델리',
  },
  curry: { said: 'curry 카레', names: '카레 커리 咖哩 curry' },
  thai: {
    said: 'thai 태국',
    names: '태국 타이음식 팟타이 똠양 방콕 泰式 泰國 thai bangkok siam',
    brands: '생어거스틴 메콩타이',
  },
  vietnamese: {
    said: 'vietnamese 베트남 쌀국수 noodles',
    names:
      '베트남 쌀국수 반미 월남쌈 호치민 하노이 포메인 越南 越式 河粉 vietnamese pho saigon banh_mi vietnam hanoi',
    brands: '미분당 포몬스',
  },
  indian: {
    said: 'indian 인도',
    kinds: 'nepalese pakistani bangladeshi',
    names: '인도음식 탄두리 印度 indian tandoor tandoori masala curry_house biryani india bombay',
  },
  italian: {
    said: 'italian 이탈리아 파스타',
    kinds: 'lampredotto',
    names: `이탈리안 이태리 이탈리아 파스타 스파게티 리조또 義大利 義式 italian pasta trattoria osteria ristorante enoteca spaghetti cucina
      taverna buca cantinetta vinaino ristorantino trippaio hostaria locanda fiaschetteria vineria ristoro toscana toscano`,
    faint: 'antica antico vecchia vecchio mamma nonna il',
  },
  pizza: {
    said: 'pizza 피자 italian',
    kinds: 'italian_pizza',
    names: '피자 披薩 比薩 pizza pizzeria pizze',
    brands: '파파존스 papa_john domino little_caesar sbarro',
    faint: '피짜',
  },
  burger: {
    said: 'burger 버거 햄버거',
    names: '버거 햄버거 漢堡 burger hamburger cheeseburger',
    brands: `맘스터치 맥도날드 롯데리아 쉐이크쉑 mcdonald mc_donald wendy shake_shack five_guys white_castle burger_king checkers jollibee
      麥當勞 摩斯`,
  },
  sandwich: {
    said: 'sandwich 샌드위치',
    kinds: 'kebap',
    names: `샌드위치 토스트 케밥 와플 三明治 吐司 sandwich sandwiches bagel kebab kabab panini hero sub deli delicatessen gyro falafel pita halal shawarma
      wrap panino paninoteca schiacciata piadina`,
    brands: '서브웨이 subway pret blimpie quizno potbelly 이삭',
  },
  salad: {
    said: 'salad 샐러드 vegetarian vegan 채식 비건',
    kinds: 'vegan vegetarian',
    names: '샐러드 사찰음식 비건 素食 蔬食 蔬 素 salad vegetarian vegan saladery',
    brands: 'just_salad chop_t',
  },
  steak: {
    said: 'steak 스테이크',
    kinds: 'steak_house',
    names: '스테이크 牛排 steak steakhouse chophouse churrasco bistecca',
  },
  mexican: {
    said: 'mexican 멕시코 타코',
    kinds: 'tex-mex tex_mex',
    names:
      '멕시코 멕시칸요리 타코 부리또 墨西哥 mexican taco taqueria burrito mexico tortilla cantina azteca mexicano mexicana quesadilla puebla',
    brands: 'chipotle qdoba',
  },
  western: {
    said: 'western 양식',
    kinds: 'diner fine_dining german european mediterranean 패밀리레스토랑 ',
    names: `경양식 양식 레스토랑 비스트로 브런치 그릴 다이닝 철판 함박 오므라이스 法式 西餐 早午餐 american french greek spanish bistro bistrot brasserie diner grill
      western brunch tapas gastropub luncheonette turkish ihop`,
    brands: '아웃백 빕스 outback applebee ihop tgi_friday',
    faint: 'chez maison',
  },
  fastfood: {
    said: 'fastfood 패스트푸드',
    kinds: 'fast_food hotdog food_court',
    names: '패스트푸드 푸드코트 hot_dog hotdog food_court snack_bar concession',
    brands: 'nathan gray_papaya',
  },
  cafe: {
    said: 'cafe coffee 카페 커피',
    kinds: 'coffee_shop drinks bubble_tea internet_cafe',
    names: `카페 커피 커피숍 다방 찻집 까페 전통찻집 로스터 원두 에스프레소 에소프레소 티하우스 주스 쥬스 스무디 咖啡 茶 飲料 果汁 cafe caffe coffee
      espresso tea teahouse juice smoothie caffetteria roaster roasters bubble_tea latte torrefazione`,
    brands: `스타벅스 이디야 투썸 탐앤탐스 할리스 엔제리너스 메가커피 컴포즈 빽다방 폴바셋 공차 커핀그루나루 매머드 starbucks dunkin 星巴克 cosi
      gregory jamba`,
  },
  bakery: {
    said: 'bakery 빵집 베이커리',
    kinds: 'bread 제과점영업',
    names: `베이커리 빵집 제과 제빵 식빵 도넛 도너츠 꽈배기 찐빵 麵包 烘焙 bakery bake_shop bakeshop bread patisserie pastry pasticceria forno panificio panetteria
      boulangerie`,
    brands: '파리바게뜨 뚜레쥬르 던킨 panera au_bon_pain le_pain_quotidien',
  },
  dessert: {
    said: 'dessert 디저트',
    kinds: 'confectionery frozen_yogurt',
    names: `디저트 빙수 아이스크림 케이크 마카롱 요거트 젤라또 팥 떡집 冰 豆花 甜點 蛋糕 dessert ice_cream gelato gelateria cake donut doughnut yogurt crepe
      ices cupcake chocolate cioccolateria waffle creamery cookie pie`,
    brands:
      '배스킨라빈스 설빙 베스킨라빈스 baskin_robbins carvel haagen pinkberry cold_stone mister_softee krispy',
  },
  pub: {
    said: 'pub bar beer 술집 호프 맥주 안주',
    kinds: 'biergarten wine_bar 정종/대포집/소주방 nightclub',
    names: `호프 주점 포차 술집 맥주 비어 와인 칵테일 포장마차 소주 막걸리 탁주 대포집 주막 라운지 노가리 먹태 골뱅이 선술집 펍 위스키 전통주 사케 실내포차 민속주점 酒 酒吧 餐酒館
      pub bar tavern lounge saloon beer brewery brewpub taproom ale irish cocktail wine nightclub karaoke birreria alehouse wine_bar sports_bar`,
    brands: '투다리 쪼끼쪼끼 펀비어킹 치어스 봉구비어 버들골이야기',
    faint: '꼬치 술 vino',
  },
  other: { said: '', names: '' },
}
