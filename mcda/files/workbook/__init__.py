"""Questions as Excel workbooks, with the marks and instructions that a person needs.

A workbook becomes the sheets that a folder gives; sheets become a workbook.
"""
