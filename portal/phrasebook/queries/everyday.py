"""Words of support that everybody understands: however often they are typed, they are no terms."""

_ENGLISH = """
able about above accept access accident acknowledge action active add address adjust advise afraid afternoon agree
agreed ahead allow answer answered answers anything apart apologies apologise apologize appear apply appreciate around
arrange arrived article ask asked asks assume attach attachment attention available aware back becomes begin begun
behind belongs below beside best better booked both bother bring busy button call callback calls came cannot care
carefully cases cause caused causes chance change changed changes charge check checked checking checks choose clear
click clinic close closed colleague colleagues collected come comes comment compare complaint complete completed
computer concerns confirm confirmed connected connection consider contact continue copied copies copy correct
corrected correctly cost course cover covered covers current currently customer data date day days deal dear decide
decided delay deliver delivered department describe described description desk detail details difference different
difficult directly doctor doctors doing done doubt down during each earlier early easier easily either else email
empty enough ensure enter entered entry error escalate even evening every everybody everyone everything exactly
example except expect expected explain explained express extend extra fact far fast fault faults feedback feel few
fewer file files fill filled final finally find fine finish finished first fits fix fixed folder follow following form
forms forward found free friday fully further future gave gets give given glad goes going gone good got great group
guide half hand handle hands happen happened happens happy hard hear held hello help helped helps here high himself
hold holiday hope hospital hospitals hour hours however idea immediately impact important improve include
inconvenience indeed inform information inside installation installed instead instruction instructions intend interim
internal introduce investigate investigated investigating investigation invite involved issue issues items itself job
join joined keep kept key keyboard kind kindly know known knows language large last late later latest leads learn
least leave left less let lets letter level like limited line list listed little load local logged login long longer
look looked looking lost lot lower made main make managed manager manual many matter may maybe mean means meanwhile
measure medical meet meeting mention message mind minute minutes missing mistake mobile moment monday monitor month
morning most move moved moves much name names near nearly necessary need needed needs never new news next nice night
nights nobody none noon nor normal normally note nothing notice noticed notified notify now number nurse nurses
observe occur occurred occurs offer office often okay old once ones only onto open opened opening opens operate
operation option order orders organisation other our ourselves outside over overall own page paper part parts pass
passed password past path patience patient patients pay people perhaps period permanent person personally phone phoned
picture pictures pieces place places plain plan planned plans please plus point possible possibly prepare prescription
present press prevent preventive previous previously print printed printer printing prints prior priority probably
problem problems proceed product program progress promise promised proper properly protect provide publish purpose put
question questions quick quickly quiet raise raised ran rather reach reached read ready really reason receive received
recent recommend reduce refer regarding regards regular related release released remain remains remember remind remove
removed repeat replace replies reply report reported request required resolved respond response rest restart restarted
restore restored result results return review right rooms routine rule run running runs safe same saturday save saved
say schedule scheduled screen screens screenshot search second section see seem seems seen select send sending sends
senior sent separate serious service set settings several shall share shared sheet shift short shortly should show
shown shows side sign simple simply since sincerely sit situation slow slower slowly small smooth solution solve
solved somebody someone something soon sooner sorry source speak special specific spend staff stand standard stands
start started state status stay stays step steps still stop stopped stops strange stuff submit submitted succeed
successful successfully such suggest suggestion suitable sunday supervisor support suppose sure surely surgery switch
system systems table take taken taking talk target task team tell tells temporary term test tested testing text thank
thanks their then there therefore these thing things think those thought thoughts three through thursday ticket till
time times title today together told tomorrow tonight too took top total touch toward training transfer treat trial
tried trouble true trust try trying tuesday turn turned two type typed typing unable under understand unfortunately
unless unlike until unusual update updated updates upon urgent use used useful user using usual usually valid value
verified verify version versions very via view viewed viewing visible visit visited voice wait waited waiting want
ward wards warm watch way ways wednesday week weekend weekly weeks welcome well went were whenever wherever whether
whichever while whoever whole why window windows wish wished without wonder word words work worked working works worry
worse worst worth write writes writing written wrong wrote year years yesterday yet yours zone
"""
_CHINESE = """
一会儿 一切 一小时 一次 一直 一起 一遍 上传 上午 上周 上班 上级 上门 下一步 下一版 下个月 下午 下周 下班 下载
不便 不变 不可用 不同 不填 不影响 不用 业务 两天 两小时 严重 中午 中心 临时 为您 主任 主要 之内 了解 事情 交接
交给 产品 人员 今后 今日 今晚 今晨 从现在起 以及 任何 休息 优先 会议 会诊 住院 作出 例如 依然 保存 保持 保留
信息 信息科 修复 修好 修改 值班 做到 做好 停下 停止 偶尔 傍晚 先生 先用 全部 公告 共同 关于 关掉 关注 关系 关闭
其他 其它 具体 内容 再次 再试一次 写下 写成 写明 写给 决定 准备 凌晨 几分钟 出错 出院 分钟 切换 列出 列表 刚刚
初步 删除 别的 到位 到时候 前面 办公室 办法 功能 加上 加入 勾选 医嘱 医护 医生 医院 十分钟 升级 半小时 协助 单位
原因 原文 去掉 去电 参与 参加 及时 反馈 发出 发布 发您 发生 发票 发给 发给您 发送 发邮件 取消 变化 只能 可用
可能 同一 同一个 同事 同样 同步 名字 名称 后续 启动 告知 告诉 告诉您 员工 周一 周三 周二 周五 周六 周四 周日
商定 回到 回复 回复您 回执 回电 回答 回访 团队 图片 地区 地址 地方 填写 增加 处方 处理 处理中 处理好 处理完 备注
复制 复查 复核 多次 多谢 夜班 大概 天内 女士 好了 如下 如有 如此 姓名 存在 安排 安装 完成 完整 完毕 实际 客户
客服 密切 密码 对不起 对应 对您 对方 导入 导出 将会 小时 小组 小结 尝试 尽快 屏幕 展示 工作 工单 工程师 左右
已有 已知 希望 带来 帮助 帮忙 帮您 常用 应急 应用 建议 开始 异议 弄好 引起 当前 当天 当晚 录入 影像 影响 很快
得到 微信 必要 恢复 恢复正常 患者 您这边 情形 意见 感谢 感谢您 成功 我方 截图 截屏 所有 所有人 手术 手机 打不开
打印 打印机 打开 打开后 打扰 打电 打电话 打给您 扫描 扫码 批准 找出 找到 承诺 技术 技术支持 抓图 护士 护士长 报告
报表 报错 抱歉 拔掉 挂号 指定 指导 按钮 换好 换班 排查 接下来 接到 接手 控制 提交 提供 提前 提示 提醒 插上 插座
撤回 操作 支持 收到 收回 收费 改动 改回 改回来 改好 改掉 改正 改过 放心 故障 敬请 数字 数据 文件 文字 新版
新版本 方便 方式 方法 无误 日子 日期 旧版本 早上 早日 时段 时间 明早 明晚 明白 昨晚 是否 显示 晚上 暂时 更多
更换 更改 更新 最新 最近 月底 有关 有劳 有效 有时候 有用 有进展 有问题 服务 期间 本周 本月 机房 权限 来电 来电话
查出 查出来 查到 查找 查看 标准 标题 样子 核对 检查 检查表 检验 正在 正常 正式 正确 步骤 每次 求助 汇报 沟通
没人接 没问题 注意 测试 测试库 消息 深表歉意 添加 添麻烦 清单 演练 点击 点开 热线 照片 版本 状态 现场 现象 生产
生效 用到 用户 用户名 用药 申请 电源 电脑 电话 界面 留意 病人 病历 病房 登录 白班 目前 直接 相关 看一下 看一看
看一遍 看不到 看到 看看 看过 知识 短信 短消息 研发 确定 确实 确认 祝好 科室 科里 程序 稍候 稍等 窗口 立刻 立即
等一下 等一等 等待 答复 答案 管理 管理人员 管理员 类似 类型 粘贴 系统 紧急 繁体中文 约定 纸张 纸质 经常 经理 经过
结束 结果 给您 继续 维护 编号 网络 老师 老版本 耐心 联系 联系人 联系您 自动 自行 致歉 草稿 药房 菜单 补上 补充
补录 表格 表示 要求 见谅 观察 规则 视频 解决 解释 计划 记下 记录 设备 设置 评价 试一下 试一试 试试 详细 语言
说好 说明 说法 请假 请再 请您 请换 请放心 请求 请注意 请留意 请稍候 请稍等 请谅解 请选 读者 谅解 谢意 负责 负责人
账号 贵院 资料 走一遍 超过 跟您 跟进 路上 转告 转科 转给 转达 软件 较慢 输入 过高 运行 近期 返回 这次 这边
进一步 进展 连接 退出 适用 选中 选好 选择 通常 通知 通知您 通过 造成 遇到 避免 邀请 那边 邮件 邮箱 部分 采取
重启电脑 重开 重新 重要 链接 键盘 门户 门诊 问到 问卷 阅读 附件 院方 需求 静候 页面 项目 顺利 预案 预计 领导
首先 马上 验证 鼠标
"""
EVERYDAY = frozenset(f"{_ENGLISH} {_CHINESE}".split())
"""In small letters and simplified characters, as texts are taken apart."""
