namespace CxDesk.Data.Demo;

/// <summary>What customers of the demo write. Each list fits a mood, and the unhappy ones fit what went wrong.</summary>
internal static class DemoComments
{
    private static readonly string[] Delighted =
    [
        "Solved in one call. Thank you!", "The best service I have had in years.", "Friendly, quick, and it works now.", "She called back exactly when she said she would.",
        "I did not expect it to be this easy.", "He knew my case already, I did not have to explain it twice.", "Great help with the installation.", "Fast and kind. Keep it up.",
        "Everything was done while I waited.", "Honest advice, they even sold me the cheaper plan.", "Five minutes and done.", "Clear answers, no nonsense.",
    ];

    private static readonly string[] Content =
    [
        "Good service, could be a little quicker.", "It works now, took two tries.", "Helpful, but the menu before is too long.", "All fine, thanks.",
        "The agent was nice. The form was not.", "Solved, though I had to send the same document twice.", "Okay overall.", "Good advice in the store, a bit crowded.",
    ];

    private static readonly string[] Torn =
    [
        "Friendly, but my problem is only half solved.", "I had to ask three times for a straight answer.", "It works again, but nobody could say why it broke.",
        "The price is not what I was told.", "Neither good nor bad.", "I was passed from one to the next.", "The app says one thing, the agent another.",
    ];

    private static readonly string[] Angry =
    [
        "Nobody called me back, although it was promised twice.", "The technician never came. I took a day off for nothing.", "I was charged for something I never ordered.",
        "They closed my ticket and nothing was fixed.", "Rude. I was told it is my own fault.", "Third time I report the same fault.", "I want to cancel and nobody lets me.",
        "The bill is wrong again, for the fourth month.", "Wrong information from start to end.", "The new router is as bad as the old one.", "I explained everything three times to three people.",
        "Delivered to the wrong address, and now it is my problem?",
    ];

    private static readonly string[] Waited =
    [
        "Forty minutes in the queue, then the line went dead.", "I waited for ages only to be told to call another number.", "The wait is unbearable. The help itself was fine.",
        "Twenty-five minutes of music. Really?", "Why does nobody pick up the phone?", "Waited so long that I had to hang up twice.",
    ];

    private static readonly string[] DelightedZh =
    [
        "一个电话就解决了，谢谢！", "服务很贴心，下次还会找你们。", "客服很专业，讲得清清楚楚。", "回电很准时，问题当天就处理好了。", "安装师傅很细心，还帮忙收拾干净。", "没想到这么快，点赞！",
        "态度特别好，耐心回答了所有问题。", "不用重复说明情况，体验很好。", "帮我换了更便宜的套餐，很实在。", "五分钟搞定，非常满意。",
    ];

    private static readonly string[] ContentZh =
    [
        "总体不错，就是稍微慢了一点。", "问题解决了，不过打了两次电话。", "客服态度好，语音菜单太长了。", "还可以，谢谢。", "门店服务不错，人有点多。", "处理得还行，资料交了两遍。",
    ];

    private static readonly string[] TornZh =
    [
        "态度还行，但问题只解决了一半。", "问了三遍才得到明确答复。", "修好了，但说不清原因。", "价格和之前说的不一样。", "被转来转去，有点累。", "App 上写的和客服说的不一致。",
    ];

    private static readonly string[] AngryZh =
    [
        "说好回电，两次都没人打来。", "约好上门，师傅根本没来，白请了一天假。", "莫名其妙多扣了费用。", "工单直接关了，问题根本没解决。", "态度很差，居然说是我自己的问题。", "同样的故障已经报了三次。",
        "想退订，一直推来推去。", "账单连续四个月都是错的。", "从头到尾给的信息都是错的。", "新换的路由器跟旧的一样差。",
    ];

    private static readonly string[] WaitedZh =
    [
        "等了四十分钟，最后电话还断了。", "排队排了半天，结果让我打另一个号码。", "等待时间太长，实在受不了。", "听了二十五分钟的音乐，真的可以吗？", "为什么总是没人接电话？", "等太久了，只好挂了两次。",
    ];

    /// <param name="mood">1 (angry) to 5 (delighted), as a CSAT score.</param>
    public static string Pick(Random random, int mood, bool waited, bool chinese)
    {
        var texts = (mood, waited, chinese) switch
        {
            ( <= 3, true, false) => Waited,
            ( <= 3, true, true) => WaitedZh,
            ( <= 2, _, false) => Angry,
            ( <= 2, _, true) => AngryZh,
            (3, _, false) => Torn,
            (3, _, true) => TornZh,
            (4, _, false) => Content,
            (4, _, true) => ContentZh,
            (_, _, false) => Delighted,
            (_, _, true) => DelightedZh,
        };
        return texts[random.Next(texts.Length)];
    }

    private static readonly string[] CallNotes =
    [
        "Called, apologised, sent a technician for tomorrow.", "Reached by phone. The wrong charge is taken back.", "Explained the bill line by line; the customer is fine with it.",
        "Sent a new router by express.", "Called twice, no answer; wrote an e-mail.", "The supervisor called personally and offered a month free.",
    ];

    private static readonly string[] CallNotesZh =
    [
        "已致电道歉，明天安排工程师上门。", "已联系客户，错误扣费已退回。", "逐项解释了账单，客户表示理解。", "已加急寄出新路由器。", "打了两次无人接听，已发邮件说明。", "主管亲自致电，赠送一个月服务。",
    ];

    public static string Note(Random random, bool chinese)
    {
        var notes = chinese ? CallNotesZh : CallNotes;
        return notes[random.Next(notes.Length)];
    }
}
