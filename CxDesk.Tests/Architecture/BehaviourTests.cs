using System.Reflection;

namespace CxDesk.Tests.Architecture;

/// <summary>What users were promised is tested: a test that covers a line of the behaviours says so by its trait.</summary>
public sealed class BehaviourTests
{
    // The lines that hold so far; an issue adds those that it brings.
    private static readonly int[] Promised = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42];

    [Fact]
    public void Every_promised_behaviour_has_a_test() => Assert.Empty(Untested(Promised, typeof(BehaviourTests).Assembly.GetTypes()));

    [Fact]
    public void Promise_without_a_test_is_found() => Assert.Equal([0], Untested([0, 41], typeof(BehaviourTests).Assembly.GetTypes()));

    private static IEnumerable<int> Untested(IEnumerable<int> promised, Type[] types) => promised.Except(
        from type in types
        from method in type.GetMethods()
        from trait in method.GetCustomAttributesData().Concat(type.GetCustomAttributesData())
        where trait.AttributeType == typeof(TraitAttribute) && (string?)trait.ConstructorArguments[0].Value == "Behaviour"
        select int.Parse((string)trait.ConstructorArguments[1].Value!, System.Globalization.CultureInfo.InvariantCulture));
}
