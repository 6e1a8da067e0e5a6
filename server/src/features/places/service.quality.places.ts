/**
 * The town that the quality test searches: made up, beside chains that everybody knows. A line each:
 * name | English name | kind as a source tells it | dishes | address | other names; brands stand where a source has them.
 */
export interface Area {
  lat: number
  lng: number
  places: string
}

export const areas: Record<string, Area> = {
  망원: {
    lat: 37.556,
    lng: 126.902,
    places: `
고향집 칼국수||noodle|손칼국수, 만두|서울 마포구 망원동 381-2
망원 닭칼국수||noodle|닭칼국수|서울 마포구 망원로 12
홍두깨 손칼국수||noodle|바지락 칼국수|서울 마포구 포은로 31
할머니 수제비||korean|수제비, 칼국수|서울 마포구 망원동 402-1
신라삼계탕||korean|삼계탕, 전복삼계탕|서울 마포구 월드컵로 88
산고을||korean|삼계탕, 닭볶음탕|서울 마포구 망원동 57-1
빈대떡마을||korean|녹두빈대떡, 모둠전|서울 마포구 포은로 8길 22
동일루||chinese|유니짜장, 탕수육|서울 마포구 망원로 7
BBQ치킨 망원점||chicken|황금올리브|서울 마포구 월드컵로 71
비에이치씨 망원한강점||chicken|뿌링클|서울 마포구 희우정로 99
교촌치킨 망원1호점||chicken|허니콤보|서울 마포구 망원로 55
굽네치킨 합정점||chicken|고추바사삭|서울 마포구 양화로 21
왕가토요닭||chicken|닭강정|서울 마포구 포은로 71
스타벅스 망원역점|Starbucks Mangwon|cafe|아메리카노|서울 마포구 월드컵로 77
이디야커피 망원시장점||cafe||서울 마포구 포은로 90
메가커피 망원점||cafe||서울 마포구 망원로 33
투썸플레이스 합정역점||cafe||서울 마포구 양화로 45
맥도날드 합정DT점||burger|빅맥|서울 마포구 양화로 60
롯데리아 망원점||burger|불고기버거|서울 마포구 월드컵로 65
맘스터치 성산점||burger|싸이버거|서울 마포구 성산로 18
버거킹 합정점||burger|와퍼|서울 마포구 양화로 70
서브웨이 망원역점||sandwich|이탈리안 비엠티|서울 마포구 월드컵로 82
파리바게뜨 망원우체국점||bakery||서울 마포구 망원로 40
배스킨라빈스 망원점||dessert||서울 마포구 월드컵로 80
신전떡볶이 망원점||tteokbokki|떡볶이, 튀김|서울 마포구 포은로 55
동대문엽기떡볶이 합정점||tteokbokki|엽기떡볶이|서울 마포구 독막로 5
김밥천국 망원점||gimbap|참치김밥, 라면|서울 마포구 월드컵로 60
손가락김밥||gimbap|꼬마김밥|서울 마포구 망원동 411
본죽 망원점||korean|전복죽|서울 마포구 월드컵로 55
한솥도시락 망원점||korean|치킨마요|서울 마포구 망원로 22
이삭토스트 망원점||sandwich|햄치즈토스트|서울 마포구 포은로 20
피자스쿨 망원점||pizza|페퍼로니피자|서울 마포구 망원로 60
도미노피자 성산점||pizza|포테이토피자|서울 마포구 성산로 40
화덕에서 온 편지||italian|마르게리타 피자, 파스타|서울 마포구 포은로 41
루보로 키친|Ruboro Kitchen|italian|봉골레 파스타|서울 마포구 망원동 399
두몽||tonkatsu|로스카츠, 카레|서울 마포구 망원로 8길 4
고기도 국수면||noodle|고기국수|서울 마포구 포은로 35
망원동 즉석우동||udon|즉석우동, 김밥|서울 마포구 망원동 485
태양식당||korean|제육볶음, 된장찌개|서울 마포구 망원동 416
육장||korean|육개장|서울 마포구 망원로 2길 9
벼꽃||korean|솥밥|서울 마포구 포은로 44
참맛 닭곰탕||korean|닭곰탕|서울 마포구 월드컵로 13길 5
김치찌게 명가||korean|김치찌개, 계란말이|서울 마포구 포은로 3
육개장 사람들||korean|육개장|서울 마포구 성산로 2
명랑 부대찌개||stew|부대찌개|서울 마포구 망원로 70
초당 순두부집||stew|순두부찌개|서울 마포구 희우정로 20
연남 훠궈||chinese|훠궈, 마라탕|서울 마포구 망원로 80
홍콩반점0410 망원점||chinese|짬뽕, 짜장면|서울 마포구 월드컵로 90
마라하오||chinese|마라탕, 꿔바로우|서울 마포구 양화로 11
스시 아키라|Sushi Akira|sushi|오마카세|서울 마포구 독막로 33
은하 초밥||sushi|모둠초밥|서울 마포구 망원로 14
라멘 하루|Ramen Haru|ramen|돈코츠라멘, 차슈동|서울 마포구 포은로 61
카레 정원||curry|버터치킨카레|서울 마포구 망원로 25
포 사이공|Pho Saigon|vietnamese|쌀국수, 분짜|서울 마포구 월드컵로 29
방콕 야시장||thai|팟타이, 똠얌꿍|서울 마포구 포은로 77
타코 마리오|Taco Mario|mexican|타코, 부리또|서울 마포구 독막로 14
초록 접시|Green Plate|vegetarian|비건 샐러드, 두부 스테이크|서울 마포구 망원로 19
알리바바 케밥|Alibaba Kebab|kebab|케밥|서울 마포구 양화로 30
달래 해장국||soup|뼈해장국|서울 마포구 월드컵로 40
함흥면옥||noodle|물냉면, 비빔냉면|서울 마포구 성산로 60
을밀면옥||noodle|평양냉면|서울 마포구 독막로 90
돌고래 횟집||seafood|광어회, 매운탕|서울 마포구 망원로 90
망원 조개창고||seafood|조개찜, 조개구이|서울 마포구 포은로 99
장충 왕족발||pork|족발, 보쌈|서울 마포구 망원로 44
원할머니 보쌈 망원점||pork|보쌈|서울 마포구 월드컵로 33
숯불로 삼겹살||korean_barbecue|삼겹살, 목살|서울 마포구 포은로 13
소백산 한우||korean_barbecue|등심, 육회|서울 마포구 독막로 60
곱창 이모||korean_barbecue|소곱창, 대창|서울 마포구 망원로 66
불타는 주꾸미||seafood|쭈꾸미볶음|서울 마포구 포은로 25
달빛 포차||pub|골뱅이무침, 소주|서울 마포구 망원로 9
맥주 연구소|Beer Lab|pub|수제맥주|서울 마포구 독막로 41
노을 와인바|Noeul Wine Bar|wine_bar|와인, 치즈|서울 마포구 희우정로 5
커피 한약방길||cafe|필터커피|서울 마포구 망원로 3
카페 물고기|Cafe Mulgogi|cafe|라떼, 당근케이크|서울 마포구 포은로 50
소금빵 연구실||bakery|소금빵|서울 마포구 망원로 27
눈꽃 빙수||dessert|망고빙수|서울 마포구 월드컵로 45
젤라또 공방|Gelato Atelier|ice_cream|피스타치오 젤라또|서울 마포구 포은로 66
망원 시장 호떡||dessert|씨앗호떡|서울 마포구 망원시장 1
24시 콩나물국밥||soup|콩나물국밥|서울 마포구 월드컵로 50
철판 볶음밥 오빠||korean|철판볶음밥|서울 마포구 포은로 18
춘천 닭갈비 막국수||korean|닭갈비, 막국수|서울 마포구 망원로 88
제주 고기국수||noodle|고기국수|서울 마포구 월드컵로 20
남도 한정식||korean|한정식, 보리굴비|서울 마포구 독막로 2
전주식당||korean|비빔밥, 콩나물국밥|서울 마포구 망원동 339
오빠네 떡볶이||tteokbokki|떡볶이|서울 마포구 포은로 48
닭발 여왕||chicken|무뼈닭발|서울 마포구 망원로 52
양꼬치 천하||chinese|양꼬치|서울 마포구 양화로 90
호랑이 스테이크|Tiger Steak|steak|채끝 스테이크|서울 마포구 독막로 77
브런치 마을|Brunch Village|western|에그 베네딕트|서울 마포구 망원로 31`,
  },
  강남: {
    lat: 37.498,
    lng: 127.028,
    places: `
스타벅스 강남R점|Starbucks Gangnam R|cafe||서울 강남구 강남대로 390
스타벅스 역삼대로점||cafe||서울 강남구 역삼로 101
블루보틀 역삼 카페|Blue Bottle Coffee Yeoksam|cafe||서울 강남구 테헤란로 129
쉐이크쉑 강남점|Shake Shack Gangnam|burger|쉑버거|서울 서초구 강남대로 373
파이브가이즈 강남|Five Guys|burger|치즈버거|서울 서초구 강남대로 435
맥도날드 강남2호점||burger||서울 강남구 테헤란로 107
KFC 강남역점||chicken|징거버거|서울 강남구 강남대로 396
비비큐 강남본점||chicken|황금올리브|서울 강남구 역삼로 7
BHC 역삼점||chicken|뿌링클|서울 강남구 테헤란로 20
땀땀이네 곱창쌀국수||vietnamese|곱창쌀국수|서울 강남구 강남대로98길 12
강남면옥||noodle|갈비탕, 회냉면|서울 강남구 논현로 20
진미평양면||noodle|평양냉면|서울 강남구 학동로 305
테헤란 설렁탕||soup|설렁탕, 수육|서울 강남구 테헤란로 77
역삼동 북엇국||soup|북엇국|서울 강남구 역삼로 33
대치동 만둣국||korean|만둣국|서울 강남구 도곡로 88
오마카세 류|Omakase Ryu|sushi|오마카세|서울 강남구 도산대로 11
하이디라오 강남점|Haidilao Gangnam|hotpot|훠궈|서울 서초구 서초대로 77
딘타이펑 강남점|Din Tai Fung|dim_sum|샤오롱바오|서울 서초구 서초대로 73
피에프 오스테리아|Osteria PF|italian|트러플 파스타|서울 강남구 논현로 99
비스트로 봄밤|Bistro Bombam|french|스테이크 프리트|서울 강남구 봉은사로 4
아웃백스테이크하우스 역삼점||steak|투움바 파스타|서울 강남구 테헤란로 55
애슐리퀸즈 강남점||western|뷔페|서울 서초구 강남대로 327
샐러드 창고|Salad Depot|salad|연어 샐러드|서울 강남구 테헤란로 12길 5
삼겹살 공화국||korean_barbecue|삼겹살|서울 강남구 역삼로 44
강남 진해장||soup|해장국|서울 강남구 테헤란로5길 11
할매순대국 역삼점||soup|순대국|서울 강남구 역삼로 3
신논현 떡볶이 연구소||tteokbokki|즉석떡볶이|서울 강남구 봉은사로 2
돈까스 백과||tonkatsu|치즈돈까스|서울 강남구 역삼로 18
노브랜드 버거 역삼점||burger||서울 강남구 테헤란로 30
폴바셋 강남대로점|Paul Bassett|cafe||서울 강남구 강남대로 400
이자카야 쿠로|Izakaya Kuro|izakaya|모둠꼬치|서울 강남구 역삼로 60
북창동 순두부 강남점||stew|해물순두부|서울 강남구 강남대로 428
족발야시장 역삼점||pork|족발|서울 강남구 역삼로 88
육전식당 강남점||korean_barbecue|통삼겹살|서울 강남구 테헤란로 14
농민백암순대 강남점||soup|순대국밥|서울 강남구 역삼로3길 20`,
  },
  천호: {
    lat: 37.538,
    lng: 127.124,
    places: `
스타벅스 천호점||cafe||서울 강동구 천호대로 1002
스타벅스 천호로데오점||cafe||서울 강동구 천호대로 1010
맥도날드 천호점||burger||서울 강동구 올림픽로 666
교촌치킨 천호2호점||chicken||서울 강동구 구천면로 200
노모어피자 천호점||pizza|고구마피자|서울 강동구 성내로 20
할매국밥 천호점||soup|돼지국밥|서울 강동구 천호동 453
천호 쭈꾸미 골목집||seafood|쭈꾸미|서울 강동구 천호동 410
장원삼계탕||korean|삼계탕|서울 강동구 성내동 50
수줍은 삼계탕||korean|삼계탕|서울 강동구 고덕동 11
해안반점||chinese|삼선짬뽕|서울 강동구 명일동 3
뚝배기 명인||stew|뚝배기불고기|서울 강동구 길동 22
모아분식||tteokbokki|라볶이|서울 강동구 천호동 22
암사 시골밥상||korean|청국장|서울 강동구 암사동 9
투다리 길동점||pub|꼬치|서울 강동구 길동 77`,
  },
  부산: {
    lat: 35.158,
    lng: 129.06,
    places: `
쌍둥이돼지국밥 서면점||soup|돼지국밥|부산 부산진구 서면로 10
해운대 밀면||noodle|밀면|부산 해운대구 중동 5
초량 어묵당||tteokbokki|어묵|부산 동구 초량동 2
자갈치 곰장어||seafood|곰장어구이|부산 중구 자갈치로 8
스타벅스 부산서면점||cafe||부산 부산진구 중앙대로 700
씨앗호떡 아재||dessert|호떡|부산 중구 남포동 1
광안리 조개집||seafood|조개구이|부산 수영구 광안동 7`,
  },
  타이베이: {
    lat: 25.033,
    lng: 121.565,
    places: `
鼎泰豐 信義店|Din Tai Fung Xinyi|dim_sum|小籠包|台北市信義區
阿明牛肉麵|A Ming Beef Noodle|beef_noodle|牛肉麵|台北市大安區永康街
老張滷肉飯|Lao Zhang Braised Pork Rice|chinese|滷肉飯|台北市萬華區
春水茶坊|Spring Water Tea House|bubble_tea|珍珠奶茶|台北市中正區
海底撈火鍋 台北101店|Haidilao Hot Pot|hotpot|火鍋|台北市信義區市府路
麥當勞 忠孝店|McDonald's Zhongxiao|burger||台北市忠孝東路
素食天地|Veggie World|vegetarian|素食|台北市大安區
豆漿大王||breakfast_chinese|豆漿, 燒餅|台北市大安區復興南路
小李蚵仔煎|Xiao Li Oyster Omelette|seafood|蚵仔煎|台北市士林區`,
  },
  도쿄: {
    lat: 35.66,
    lng: 139.7,
    places: `
スシロー 渋谷店|Sushiro Shibuya|sushi|寿司|東京都渋谷区
ラーメン横丁 麺太郎|Ramen Yokocho Mentaro|ramen|醤油ラーメン|東京都渋谷区道玄坂
そば処 山びこ|Soba Yamabiko|soba|天ざる|東京都渋谷区神南
とんかつ 松の木|Tonkatsu Matsunoki|tonkatsu|とんかつ定食|東京都目黒区
焼肉 牛太|Yakiniku Gyuta|korean_barbecue|焼肉|東京都渋谷区宇田川町
居酒屋 はるか|Izakaya Haruka|izakaya|焼き鳥|東京都渋谷区`,
  },
  뉴욕: {
    lat: 40.73,
    lng: -73.99,
    places: `
Joe's Corner Pizza||pizza|margherita|12 Carmine Street New York
Pizza Heaven||pizza||210 2nd Avenue New York
Blue Door Diner||diner|pancakes|88 St Marks Place New York
The Tipsy Lobster||seafood|lobster roll|5 Bleecker Street New York
Golden Wok Palace||chinese|dumplings|40 Mott Street New York
Casa Azul Taqueria||mexican|tacos al pastor|301 Avenue A New York
Bombay Lantern||indian|chicken tikka masala|77 Lexington Avenue New York
Seoul Garden BBQ||korean_barbecue|galbi, bulgogi|34 West 32nd Street New York
Ippachi Ramen||ramen|tonkotsu|65 4th Avenue New York
Café Déjà Vu||cafe|croissant|9 Spring Street New York
McDonald's||burger|big mac|160 Broadway New York
Burger King||burger||200 West 14th Street New York
Dunkin' Donuts||donut||3 Union Square New York
Shake Shack Madison||burger||Madison Square Park New York
Chipotle Mexican Grill||mexican|burrito|55 East 8th Street New York
Katz and Sons Delicatessen||deli|pastrami|205 Houston Street New York
Thai Orchid||thai|pad thai|45 Ludlow Street New York
Pho Hanoi House||vietnamese|pho|80 Baxter Street New York
Green Leaf Vegan Kitchen||vegan|jackfruit bowl|11 Avenue B New York
Big Sal's Bagels||bagel|everything bagel|350 1st Avenue New York
Tokyo Lane Sushi||sushi|omakase|19 Stuyvesant Street New York
Istanbul Grill||turkish|kebab|99 MacDougal Street New York
O'Malley's Irish Pub||pub|guinness|71 3rd Avenue New York
Steak & Smoke||steak_house|ribeye|60 Bowery New York
Wing Station||chicken|buffalo wings|14 Delancey Street New York`,
  },
  피렌체: {
    lat: 43.77,
    lng: 11.25,
    places: `
Trattoria da Mario||italian|bistecca|Via Rosina 2 Firenze
Gelateria dei Sogni||ice_cream|pistacchio|Via Roma 8 Firenze
Pizzeria Il Pozzo||pizza||Borgo San Jacopo 4 Firenze
All'Antico Forno||bakery|schiacciata|Via dei Neri 6 Firenze
Caffè dell'Orologio||cafe||Piazza Duomo 1 Firenze`,
  },
}
