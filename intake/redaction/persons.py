"""Tell a Chinese person's name from other short words: by its surname, and by what parents choose."""

import re
from typing import Final

SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏章苏潘葛范彭郎鲁韦马苗花方俞任袁柳"
    "史唐费薛雷贺倪汤滕罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛祁狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万柯卢莫房解应丁邓洪包左石崔吉龚程邢裴陆荣翁曲甄封段侯宁仇甘厉祖武符刘景詹龙叶司黎白蒲赖卓池乔闻翟谭冉尚温庄柴瞿阎连习艾容向古易廖"
    "耿匡文欧沃关牛聂辛简饶沙丰肖游岳缪涂靳曾"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華陶謝鄒蘇潘範魯韋馬賀湯羅畢齊顧黃蕭龐紀項藍閔賈顏鍾駱萬盧應鄧龔陸榮劉龍葉賴喬聞譚溫莊閻連歐關聶簡饒豐"
)
DOUBLE_SURNAMES: Final = "欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|皇甫|尉迟|东方|令狐|慕容|司徒|公孙|夏侯"
_GIVEN: Final = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华红建国志海晓春燕梅雪莉林峰鹏飞宇浩然子涵梓轩雨欣怡佳慧颖琳婷倩莹萍"
    "云珍凤琴芬芝菊香莲翠玉淑贞惠美娥爱荣光庆永福德贵生成才旺兴发昌盛祥瑞清新民东南北卫斌武胜利刘振宏洪波江河山川虎龙彪虹岩松柏"
    "树森俊豪凯旋毅诚信义仁礼智忠孝廉良善正直公远达博雅思哲睿聪灵巧嘉家俊熙泽润沐晨曦阳旭昊昕晶晴岚瑶琪璐璇珊玥瑾瑜琼珠宝银铃"
    "钧铭锋锐钢铁剑鑫彬炳炎焕灿煜烨栋梁材楠桦彤丹青蓝素雯霖露霜冰洁纯真心悦乐欢喜笑天宁安康健寿延年启开元世代传承继先祖耀宗绍"
    "敬恩学文书诗琦琛玮珂璟莎菲菁萌蕾薇蓉芸苗茵若茜茹荷菀蓓蔓月星辰嫣妍婕婧媛姝娇娅婉妮妙如意君奕弈逸翔翰羽鸿鹤雁鸣一乔以亦"
    "三四五伯仲叔季少亚向吉存守安定宗宝庭廷彦征徐德恒慈懿成扬承振捷敏文斐新方昭景曼曾朋本权来杨柯桂桐梦楚毓水沁沛泉津浦淳渊温湘溪滨"
    "潇澜灏焱爽玄玫珏珺理瑛璞田登皓盈益相石砚磬福禹秋程立章端竹筠精紫纪经绮维罗群翎翠耘育胤臻舒良艺苏苑英范荃莺菡萱葆蒙蔚薛虞"
    "衡裕西言训谦豫贤赫超越路轶辛迅进通道邦郁金鉴锦镇长闻陶隆雄雨雷震霆非顺颂风驰骁骏高魁鲁麒麟黎齐小大兵全根发保占土金水木火"
    "偉麗強軍艷傑濤蘭霞剛輝紅國曉鳳愛榮慶興發勝劍鋒龍虎銘鈞鑫樹廣東衛義貴寶賢學書詩瑩穎靜燕淑芬惠玲雅婷怡君志豪冠廷宗翰家豪俊宏建宏佳蓉"
)
# What looks like a name and is a word, or the name of a place.
_WORD_LIST: Final = (
    "安全 安静 安宁 安康 安定 高明 高清 高中 高大 高兴 高雅 高贵 高危 高长 "
    "方正 方向 方言 方程 文书 文学 文本 文明 文档 文件 明天 石英 华东 华南 "
    "华北 华西 江南 江北 江东 江西 江华 金华 金山 金水 金银 金龙 马山 龙山 "
    "白云 白天 白金 白银 黄山 黄石 黄河 黄金 黄海 陆军 海军 武器 连通 连续 "
    "连心 解放 解开 关心 关元 包心 任意 任重 成长 长春 常年 常青 常德 乐山 "
    "温泉 温水 温州 万元 万一 万年 易水 古代 古玉 古文 古书 项目 应先 应保 "
    "应发 何以 何来 于一 于是 和平 严正 史书 古诗 武进 康宁 康定 夏天 "
    "夏正 路南 路北 平安 时代 花木 花生 应用 应付 应该 安先 游泳 曲线 曲直 "
    "费用 费率 付费 常规 水平 程序 程度 时间 石家庄 马上 连云 江河 石河子 田野 "
    "金星 龙江 英文 英国 韩国 中文 文国 文一 向东 向南 向北 向西 向先 习惯 "
    "习题 万方 万能 国庆 柳江 宁波 宁德 宁国 宁海 宁安 祁山 景德 祁阳 贺年 "
    "祝福 祝贺 祝寿 乐天 华为 华山 华阳 封先 容易 解析 方法 项先 钟先 钟山 "
    "钟石"
)
_WORDS: Final = frozenset(_WORD_LIST.split())
_DOUBLES: Final = DOUBLE_SURNAMES.split("|")
_SECOND: Final = "|".join(f"(?<={surname[0]}){surname[1]}" for surname in _DOUBLES)
# It begins with one set of signs, which makes it quick to search for.
NAME: Final = (
    f"[{SURNAMES}{''.join(surname[0] for surname in _DOUBLES)}]"
    f"(?:(?:{_SECOND})[{_GIVEN}]{{1,2}}|(?<=[{SURNAMES}])[{_GIVEN}]{{1,2}})"
)
"""An expression for a name that is told from its characters; `is_person` must be asked as well."""

_WHOLE: Final = re.compile(NAME)


def is_person(name: str) -> bool:
    """Whether these Chinese characters are most likely a person's name."""
    return bool(_WHOLE.fullmatch(name)) and name not in _WORDS and name[:2] not in _WORDS
