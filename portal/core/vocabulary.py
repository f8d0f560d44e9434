"""Words of hospitals and of screens that general dictionaries don't know, and words that say nothing by themselves."""

_HOSPITALS = """
    医生站 护士站 药房 药库 收费处 挂号处 检验科 影像科 信息科 住院处 病案室 手术室 急诊科 重症监护室 转科 转床 转院
    转诊 出院 入院 医嘱 长嘱 临嘱 停嘱 病历 病程 病案 日清单 日报表 月报表 体温单 交班 查房 会诊 处方 处方笺 划价 退费
    退药 发药 结账 日结 预交金 医保 自费 凭条 号源 叫号 分诊 导诊 腕带 条码 标本 危急值 配血 读卡器 社保卡 就诊卡 自助机
    打印机 印表机 列印 监护仪 工作站
"""
_SCREENS = """
    白屏 黑屏 蓝屏 死机 闪退 卡顿 卡住 转圈 乱码 弹窗 报错 超时 掉线 断网 登录 登入 重启 刷新 重新整理 输入法 下拉框
    打不开 打不出 打不了 找不到 看不到 看不见 登不上 登不了 进不去 连不上 保存不了 存不了 停不掉 停不了 删不掉 点不了
    点不动 选不到 扫不出 扫不了 读不出 读不到 传不上 发不出去 收不到 退不了 查不到 对不上 用不了 出不来 回不来
"""
_SAYING_NOTHING = """
    没有 不能 不到 不出 不了 不行 出来 出去 进来 起来 上去 下来 过来 进行 需要 使用 可以 无法 不会 是不是 怎么 怎么办
    什么 为什么 我们 你们 他们 她们 咱们 自己 大家 这个 那个 这里 那里 这样 那样 现在 刚才 今天 昨天 明天 已经 还是 或者
    但是 因为 所以 如果 然后 以后 之后 以前 之前 时候 一直 一个 一下 有时 有点 非常 特别 谢谢 您好 你好 请问 麻烦 老师
    问题 情况 出现 发现 知道 觉得 可能 应该 还有 就是 不是 都是 没用 第一 第二 第三 the and for not with when are was
    can cannot that this has have does did after before from into our your you its but they them then than there here
    what which who why how all any some out off get got just also very please help hello thanks still again will would
    should could been being were had her one two
"""
HOSPITALS = frozenset(_HOSPITALS.split())
"""Where people work, what they do there and with what."""
SCREENS = frozenset(_SCREENS.split())
"""What a screen does, or doesn't."""
SAYING_NOTHING = frozenset(_SAYING_NOTHING.split())
"""Words that are in every text: none tells what somebody meant."""
