using System.Reflection;

namespace Decant.Server.Hosting;

/// <summary>Marks a setting whose value nobody is shown.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;

/// <summary>Unit of a setting, where its type does not say it; on a class, of all its numbers.</summary>
/// <param name="name">Unit in the plural, such as <c>bytes</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class UnitAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>Default of a setting in words, where its value says little, or differs from machine to machine.</summary>
/// <param name="text">Default in words, such as <c>4 × cores</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DefaultTextAttribute(string text) : Attribute
{
    public string Text => text;
}

/// <summary>Options class with the section of the configuration that it is bound to.</summary>
/// <param name="Section">Section such as <c>Storage:S3</c>; empty for settings outside any section.</param>
/// <param name="Options">The class, of which every property that can be set is a setting.</param>
/// <param name="InForce">The options as they are bound.</param>
internal sealed record SettingsSection(string Section, Type Options, Func<IServiceProvider, object> InForce)
{
    public IEnumerable<PropertyInfo> Properties =>
        Options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    /// <returns>The setting in the configuration's own spelling, such as <c>Storage:S3:Bucket</c>.</returns>
    public string KeyOf(PropertyInfo property) => Section.Length == 0 ? property.Name : $"{Section}:{property.Name}";

    /// <returns>The setting as operators write it, such as <c>Storage__S3__Bucket</c>.</returns>
    public string NameOf(PropertyInfo property) => KeyOf(property).Replace(":", "__", StringComparison.Ordinal);
}
