using System.Reflection;
using System.Reflection.Emit;

namespace CxDesk.Tests.Architecture;

/// <summary>One instruction of a compiled method; the operand is a string, a member, or null.</summary>
public readonly record struct Instruction(OpCode Code, object? Operand);

/// <summary>Reads what methods were compiled to, so that a rule sees what runs and not how it was spelled.</summary>
public static class Instructions
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>The types with everything nested in them: closures and state machines hold the code of lambdas and async methods.</summary>
    public static IEnumerable<MethodBase> Methods(IEnumerable<Type> types) => types
        .SelectMany(WithNested).Distinct()
        .SelectMany(t => t.GetMethods(Everything).Concat<MethodBase>(t.GetConstructors(Everything)));

    public static IEnumerable<Instruction> Of(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } bytes) yield break;
        for (var at = 0; at < bytes.Length;)
        {
            var code = bytes[at] == 0xFE ? Codes[(short)(0xFE00 | bytes[at + 1])] : Codes[bytes[at]];
            at += code.Size;
            yield return new Instruction(code, Operand(method, code, bytes, at));
            at += OperandSize(code, bytes, at);
        }
    }

    /// <summary>Every text literal in the methods of the types.</summary>
    public static IEnumerable<(MethodBase Method, string Text)> Texts(IEnumerable<Type> types) =>
        from method in Methods(types)
        from instruction in Of(method)
        where instruction.Operand is string
        select (method, (string)instruction.Operand!);

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(WithNested).Prepend(type);

    private static object? Operand(MethodBase method, OpCode code, byte[] bytes, int at)
    {
        if (code.OperandType == OperandType.InlineString) return method.Module.ResolveString(BitConverter.ToInt32(bytes, at));
        if (code.OperandType is not (OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)) return null;
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(BitConverter.ToInt32(bytes, at), ofType, ofMethod);
    }

    private static int OperandSize(OpCode code, byte[] bytes, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(bytes, at),
        _ => 4,
    };
}
