using System.Reflection;
using System.Runtime.CompilerServices;

namespace Decant.Server.Tests.Client;

/// <summary>Writes an assembly's public types and members down, a line each.</summary>
internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Of);

    private static IEnumerable<string> Of(Type type) =>
        [
            $"{KindOf(type)} {type.FullName}",
            .. type.GetMembers(Declared)
                .Where(member => member is not Type && !member.IsDefined(typeof(CompilerGeneratedAttribute)))
                .Select(Of)
                .OfType<string>()
                .Order(StringComparer.Ordinal)
                .Select(line => "    " + line),
        ];

    private static string KindOf(Type type) =>
        type.IsEnum ? "enum"
        : type.IsValueType ? "struct"
        : type.IsInterface ? "interface"
        : type.GetMethod("<Clone>$") is not null ? "record"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static string? Of(MemberInfo member) =>
        member switch
        {
            FieldInfo { IsLiteral: true } one when IsSeen(one.IsPublic, one.IsFamily) =>
                $"const {NameOf(one.FieldType)} {one.Name} = {one.GetRawConstantValue()}",
            FieldInfo one when IsSeen(one.IsPublic, one.IsFamily) && !one.IsSpecialName =>
                $"{NameOf(Nullability.Create(one))} {one.Name}",
            PropertyInfo one when one.GetMethod is { } get && IsSeen(get.IsPublic, get.IsFamily) =>
                $"{(one.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")}{NameOf(Nullability.Create(one))} {one.Name} {{ get;{SetOf(one)} }}",
            ConstructorInfo one when IsSeen(one.IsPublic, one.IsFamily) => $"new({ParametersOf(one)})",
            MethodInfo one when IsSeen(one.IsPublic, one.IsFamily) && !one.IsSpecialName && !one.Name.StartsWith('<') =>
                $"{(one.IsStatic ? "static " : "")}{NameOf(Nullability.Create(one.ReturnParameter))} {one.Name}({ParametersOf(one)})",
            _ => null,
        };

    private static bool IsSeen(bool isPublic, bool isFamily) => isPublic || isFamily;

    private static string SetOf(PropertyInfo property) =>
        property.SetMethod is not { IsPublic: true } set ? ""
        : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;"
        : " set;";

    private static string ParametersOf(MethodBase method) =>
        string.Join(
            ", ",
            method
                .GetParameters()
                .Select(one =>
                    $"{NameOf(Nullability.Create(one))} {one.Name}{(one.HasDefaultValue ? $" = {one.DefaultValue ?? "default"}" : "")}"
                )
        );

    private static string NameOf(NullabilityInfo one)
    {
        if (Nullable.GetUnderlyingType(one.Type) is { } value)
        {
            return NameOf(value) + "?";
        }

        var name =
            one.GenericTypeArguments.Length > 0
                ? $"{one.Type.Name.Split('`')[0]}<{string.Join(", ", one.GenericTypeArguments.Select(NameOf))}>"
                : NameOf(one.Type);
        return one is { Type.IsValueType: false, ReadState: NullabilityState.Nullable } ? name + "?" : name;
    }

    private static string NameOf(Type type) =>
        type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : type.Name;
}
