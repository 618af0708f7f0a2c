using CxDesk.Data.Policies;

namespace CxDesk.Tests.Policies;

public sealed class CommentWordsTests
{
    [Theory]
    [InlineData("I want to CANCEL now.", "cancel", true)]
    [InlineData("Cancelled twice", "cancel", false)]
    [InlineData("uncancel, then cancel", "cancel", true)]
    [InlineData("cancel", "cancel", true)]
    [InlineData("call-back", "call", true)]
    [InlineData("nobody called back", "called back", true)]
    [InlineData("nobody called  back", "called back", false)]
    [InlineData("ÉCOLE fermée", "école", true)]
    [InlineData("Rückruf", "ruf", false)]
    [InlineData("model X2", "x", false)]
    [InlineData("我等了四十分钟", "四十", true)]
    [InlineData("我等了四十分钟", "十四", false)]
    [InlineData("退款Refund快点", "refund", true)]
    [InlineData("𠮷野家", "野", true)]
    [InlineData("キャンセルしたい", "キャンセル", true)]
    [InlineData("", "cancel", false)]
    public void Words_match_whole_and_in_any_case_and_in_Han_script_anywhere(string comment, string word, bool found) =>
        Assert.Equal(found, CommentWords.Contains(comment, CommentWords.Normal(word)));
}
