using System.Reflection;
using System.Reflection.Emit;

namespace CourseShop.Tests.Support;

/// <summary>Which types a type uses: its base, its signatures, and what its compiled code touches (with its lambdas and state machines). Attributes don't count.</summary>
internal static class TypeUse
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Outermost types, without the type itself.</summary>
    public static HashSet<Type> Of(Type type)
    {
        var used = new HashSet<Type>();
        foreach (var part in WithNested(type))
            Collect(part, used);
        used.Remove(type);
        return used;
    }

    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static IEnumerable<Type> WithNested(Type type) => type.GetNestedTypes(Own).SelectMany(WithNested).Prepend(type);

    private static void Collect(Type type, HashSet<Type> used)
    {
        Add(type.BaseType, used);
        foreach (var contract in type.GetInterfaces())
            Add(contract, used);
        foreach (var field in type.GetFields(Own))
            Add(field.FieldType, used);
        foreach (var method in type.GetMembers(Own).OfType<MethodBase>())
        {
            Add((method as MethodInfo)?.ReturnType, used);
            foreach (var parameter in method.GetParameters())
                Add(parameter.ParameterType, used);
            CollectBody(method, used);
        }
    }

    private static void CollectBody(MethodBase method, HashSet<Type> used)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
            return;
        foreach (var local in body.LocalVariables)
            Add(local.LocalType, used);

        var typeArguments = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var operation = code[at] == 0xFE ? OpCodes[(short)((0xFE << 8) | code[at + 1])] : OpCodes[code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                Add(method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments), used);
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static void Add(MemberInfo? member, HashSet<Type> used)
    {
        if (member is MethodInfo { IsGenericMethod: true } method)
        {
            foreach (var argument in method.GetGenericArguments())
                Add(argument, used);
        }

        if (member is FieldInfo field)
            Add(field.FieldType, used);
        Add(member as Type ?? member?.DeclaringType, used);
    }

    private static void Add(Type? type, HashSet<Type> used)
    {
        if (type is null || type.IsGenericParameter)
            return;
        if (type.HasElementType)
        {
            Add(type.GetElementType(), used);
            return;
        }

        foreach (var argument in type.GenericTypeArguments)
            Add(argument, used);
        used.Add(Outermost(type.IsGenericType ? type.GetGenericTypeDefinition() : type));
    }
}
