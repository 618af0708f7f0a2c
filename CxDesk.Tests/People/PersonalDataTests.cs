using CxDesk.Data.People;

namespace CxDesk.Tests.People;

public sealed class PersonalDataTests
{
    [Theory]
    [Trait("Behaviour", "41")]
    [InlineData("Call me on 13800138000 today", "Call me on ••• today")]
    [InlineData("my number is +49 30 1234 5678.", "my number is •••.")]
    [InlineData("order 12345", "order •••")]
    [InlineData("I waited 1234 seconds", "I waited 1234 seconds")]
    [InlineData("电话１３８００１３８０００", "电话•••")]
    [InlineData("write to anna.s@mail.example.com please", "write to ••• please")]
    [InlineData("发到zhang@qq.com，谢谢", "•••，谢谢")]
    [InlineData("It was 5 of 7, at 12:41", "It was 5 of 7, at 12:41")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Numbers_and_addresses_are_masked(string? text, string? masked) => Assert.Equal(masked, PersonalData.Masked(text));

    [Theory]
    [Trait("Behaviour", "41")]
    [InlineData("This is Anna Schmidt speaking", "Anna Schmidt", "This is ••• speaking")]
    [InlineData("ANNA was not called back, ms schmidt says", "Anna Schmidt", "••• was not called back, ms ••• says")]
    [InlineData("Hosanna in the highest", "Anna Schmidt", "Hosanna in the highest")]
    [InlineData("我是王小明，小明等了四十分钟", "王小明", "我是•••，•••等了四十分钟")]
    [InlineData("欧阳修文没有回电", "欧阳修文", "•••没有回电")]
    [InlineData("a.b (c)", "b (c)", "a.•••")]
    [InlineData("nothing here", null, "nothing here")]
    public void The_customers_name_is_masked_whole_and_in_parts(string text, string? name, string masked) =>
        Assert.Equal(masked, PersonalData.Masked(text, name));

    [Fact]
    public void A_long_text_made_to_stall_the_search_does_not() =>
        Assert.NotNull(PersonalData.Masked(string.Concat(Enumerable.Repeat("1-", 5000)) + new string('a', 5000) + "@", "aaaa"));
}
