using CourseShop.Catalog;

namespace CourseShop.Data;

/// <summary>A database's own word index over the search entries. It keeps itself right: an entry that changes changes the index.</summary>
public interface ISearchIndex
{
    /// <summary>What is made first, before the marks that the databases share.</summary>
    IEnumerable<string> Build { get; }

    IEnumerable<string> Remove { get; }

    /// <summary>The trigger that marks the entries of some courses as stale.</summary>
    IEnumerable<string> Mark(SearchMark mark);

    IEnumerable<string> Unmark(SearchMark mark);

    /// <summary>A question for the ids of courses ("Value") in whose title or teacher's name every term stands.</summary>
    FormattableString Named(IReadOnlyList<SearchTerm> terms, int most);

    /// <summary>The same, wherever in the entry the terms stand.</summary>
    FormattableString Any(IReadOnlyList<SearchTerm> terms, int most);
}

/// <summary>A change that makes search entries stale.</summary>
/// <param name="Name">Of its trigger.</param>
/// <param name="When">The change.</param>
/// <param name="Table">What is changed.</param>
/// <param name="Courses">A question for the courses' ids, which knows the row as OLD and NEW.</param>
public sealed record SearchMark(string Name, string When, string Table, string Courses);
